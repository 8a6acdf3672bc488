"""E-mails, and the MIME that they and web archives are made of."""
