"""The mail door: where mails leave the house, by SMTP."""
