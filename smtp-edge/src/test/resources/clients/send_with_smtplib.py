"""Python's smtplib: STARTTLS and TLS from the start, a login with each mechanism it has, SMTPUTF8."""
import smtplib
import ssl
import sys
from email.message import EmailMessage

submission, submissions = int(sys.argv[1]), int(sys.argv[2])
anybody = ssl.create_default_context()
anybody.check_hostname = False
anybody.verify_mode = ssl.CERT_NONE


def message(subject, to):
    content = EmailMessage()
    content["From"] = "bob@example.net"
    content["To"] = to
    content["Subject"] = subject
    content.set_content("A line\n.\n..and dots\n")
    return content


with smtplib.SMTP("127.0.0.1", submission) as client:
    client.starttls(context=anybody)
    client.login("bob", "secret")
    client.send_message(message("smtplib starttls", "carol@example.net"))
    client.send_message(message("smtplib grüße", "jürgen@example.net"))

for mechanism in ("auth_plain", "auth_login"):
    with smtplib.SMTP_SSL("127.0.0.1", submissions, context=anybody) as client:
        client.ehlo()
        client.user, client.password = "bob", "secret"
        client.auth(mechanism[5:].upper(), getattr(client, mechanism))
        client.send_message(message("smtplib " + mechanism, "carol@example.net"))

with smtplib.SMTP_SSL("127.0.0.1", submissions, context=anybody) as client:
    try:
        client.login("bob", "wrong")
        sys.exit("logged in with a wrong password")
    except smtplib.SMTPAuthenticationError as refused:
        assert refused.smtp_code == 535, refused
