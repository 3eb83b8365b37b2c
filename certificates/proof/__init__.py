"""What makes a certificate believed: its code, the signed square, the status lists, the signature on the PDF."""
