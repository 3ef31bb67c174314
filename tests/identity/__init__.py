"""Who somebody is: codes, sessions, staff, signing up, forms that were begun."""
