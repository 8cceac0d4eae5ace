"""What people with an account say below a wish, where their neighbourhood chose for that. It is off unless it is switched on."""
