package cloud.wuye.kit.payment;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A self-signed X.509 certificate, written byte by byte: the JDK reads them and makes none. */
final class Certificate {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8 = 0x0C;
    private static final int GENERALIZED_TIME = 0x18;
    // OIDs of sha256WithRSAEncryption (with its NULL) and of commonName, encoded.
    private static final byte[] SHA256_RSA = {
        0x30, 0x0D, 0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00
    };
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Certificate() {}

    /** In PEM. */
    static String of(KeyPair pair, BigInteger serial, String name, Instant from, Instant to) {
        byte[] subject =
                der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8, name.getBytes(StandardCharsets.UTF_8)))));
        byte[] validity = der(SEQUENCE, time(from), time(to));
        // Version 1, which is left out: serial, algorithm, issuer, validity, subject, key.
        byte[] signed = der(
                SEQUENCE,
                der(INTEGER, serial.toByteArray()),
                SHA256_RSA,
                subject,
                validity,
                subject,
                pair.getPublic().getEncoded());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed);
            byte[] bits = signature.sign();
            byte[] whole = der(SEQUENCE, signed, SHA256_RSA, der(BIT_STRING, new byte[] {0}, bits));
            return Keys.pem("CERTIFICATE", whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] time(Instant at) {
        return der(GENERALIZED_TIME, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int size = content.size();
        if (size < 0x80) {
            whole.write(size);
        } else {
            byte[] length = BigInteger.valueOf(size).toByteArray();
            int skip = length[0] == 0 ? 1 : 0;
            whole.write(0x80 | (length.length - skip));
            whole.write(length, skip, length.length - skip);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
