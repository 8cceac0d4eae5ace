"""What is past its time: proposed by a job every month, approved by an administrator, then destroyed by the rooms themselves."""
