"""The only place of the bench that writes: on its throw-away copy."""
