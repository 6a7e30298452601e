package cloud.wuye.identity.vouching;

import cloud.wuye.platform.Chance;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * A key with which a company's people are vouched for, as it stands in the database.
 *
 * @param kid its name in the world, never given twice
 * @param publicKey X.509 in Base64
 * @param privateKey PKCS #8 in Base64, sealed
 */
record VouchingKey(UUID tenantId, String kid, String publicKey, String privateKey, Instant createdAt) {
    /** The column of the secret half, into which its seal is bound. */
    static final String PRIVATE_KEY = "vouching_key.private_key";

    private static final int BITS = 2048;

    static VouchingKey of(Row row) {
        return new VouchingKey(
                row.getUUID("tenant_id"),
                row.getString("kid"),
                row.getString("public_key"),
                row.getString("private_key"),
                row.getOffsetDateTime("created_at").toInstant());
    }

    /** Two halves that nobody has seen. Takes a while: for a worker thread. */
    static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS, Chance.source());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no RSA", e);
        }
    }

    /** The open half, as a JWK. */
    JsonObject jwk() {
        try {
            RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
            return new JsonObject()
                    .put("kty", "RSA")
                    .put("use", "sig")
                    .put("alg", "RS256")
                    .put("kid", kid)
                    .put("n", text(key.getModulus().toByteArray()))
                    .put("e", text(key.getPublicExponent().toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("not a public key: " + kid, e);
        }
    }

    // A number of Java's begins with a zero where its first bit is set; a JWK's does not.
    private static String text(byte[] number) {
        byte[] bare = number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bare);
    }

    /** Without the secret half, sealed as it is: a log is no place for it. */
    @Override
    public String toString() {
        return "vouching key " + kid + " of " + tenantId;
    }
}
