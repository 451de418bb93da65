"""Signs a PDF as a signing service would: with pyHanko, a throw-away certificate, an embedded-font stamp."""

import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle


def certificate(folder):
    """A key and a certificate of our own making, as files, and a signer with them."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Prov Signatär")])
    now = datetime.datetime(2026, 1, 1)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name)
            .public_key(key.public_key()).serial_number(1)
            .not_valid_before(now).not_valid_after(now + datetime.timedelta(days=36500))
            .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False,
                                         False), critical=True)
            .sign(key, hashes.SHA256()))
    key_file, certificate_file = folder / "key.pem", folder / "certificate.pem"
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM,
                                           serialization.PrivateFormat.PKCS8,
                                           serialization.NoEncryption()))
    certificate_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return signers.SimpleSigner.load(str(key_file), str(certificate_file), ca_chain_files=())


def sign(source, target):
    """Signs the first empty signature field; False if there is none."""
    source, target = Path(source), Path(target)
    with source.open("rb") as stream:
        reader = PdfFileReader(stream)
        empty = [name for name, value, _ in fields.enumerate_sig_fields(reader) if value is None]
    if not empty:
        return False
    with source.open("rb") as stream, target.open("wb") as output:
        # The stamp is the document's own first page: any page whose fonts are embedded will do.
        signers.PdfSigner(
            signers.PdfSignatureMetadata(field_name=empty[0], subfilter=fields.SigSeedSubFilter.PADES),
            signer=certificate(target.parent),
            stamp_style=StaticStampStyle.from_pdf_file(str(source), border_width=0),
        ).sign_pdf(IncrementalPdfFileWriter(stream), output=output)
    return True
