package cloud.wuye.payment.wechat;

import cloud.wuye.payment.ChannelSettings.ChannelKeyText;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/**
 * A key with which WeChat Pay signs.
 *
 * @param id {@code PUB_KEY_ID_…}, or the serial number of a certificate in upper-case hex
 * @param notAfter when a certificate ends; {@link Instant#MAX} for a public key
 */
record ChannelKey(String id, PublicKey key, Instant notBefore, Instant notAfter) {
    static final String PUBLIC_KEY_PREFIX = "PUB_KEY_ID_";
    private static final int LEAST_BITS = 2048;

    /** Reads a public key or certificate in PEM; IllegalArgumentException when it is neither, or not that of this id. */
    static ChannelKey of(ChannelKeyText text) {
        try {
            if (text.id().startsWith(PUBLIC_KEY_PREFIX)) {
                PublicKey key = KeyFactory.getInstance("RSA")
                        .generatePublic(new X509EncodedKeySpec(bytes(text.pem(), "PUBLIC KEY")));
                return new ChannelKey(text.id(), strong(key), Instant.MIN, Instant.MAX);
            }
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes(text.pem(), "CERTIFICATE")));
            String serial = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
            if (!serial.equals(text.id())) {
                throw new IllegalArgumentException("the certificate's serial number is " + serial);
            }
            return new ChannelKey(
                    serial,
                    strong(certificate.getPublicKey()),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a key", e);
        }
    }

    /** Reads our own private key, PKCS #8 in PEM; IllegalArgumentException when it is none. */
    static PrivateKey privateKey(String pem) {
        try {
            return strong(
                    KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes(pem, "PRIVATE KEY"))));
        } catch (GeneralSecurityException e) {
            // Without the cause: its text may hold parts of the key.
            throw new IllegalArgumentException("not a private key");
        }
    }

    boolean validAt(Instant at) {
        return !at.isBefore(notBefore) && !at.isAfter(notAfter);
    }

    private static byte[] bytes(String pem, String label) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("no " + label + " in PEM");
        }
        return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
    }

    private static <K> K strong(K key) {
        if (!(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() < LEAST_BITS) {
            throw new IllegalArgumentException("not an RSA key of " + LEAST_BITS + " bits");
        }
        return key;
    }
}
