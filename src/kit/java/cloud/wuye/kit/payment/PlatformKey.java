package cloud.wuye.kit.payment;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A key with which the simulator signs, in both of WeChat Pay's forms.
 *
 * @param publicKeyId {@code PUB_KEY_ID_…}
 * @param serial of the certificate, upper-case hex
 */
record PlatformKey(
        String publicKeyId, String publicKeyPem, String serial, String certificatePem, PrivateKey privateKey) {
    private static final int SERIAL_BITS = 159;

    static PlatformKey fresh() {
        KeyPair pair = Keys.pair();
        // The highest bit set, so that the serial number always has its forty digits.
        BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(SERIAL_BITS - 1);
        Instant now = Instant.now();
        String certificate = Certificate.of(
                pair, serial, "Payment simulator", now.minus(Duration.ofDays(2)), now.plus(Duration.ofDays(1825)));
        return new PlatformKey(
                "PUB_KEY_ID_" + Keys.digits(31),
                Keys.pem(pair.getPublic()),
                serial.toString(16).toUpperCase(Locale.ROOT),
                certificate,
                pair.getPrivate());
    }

    JsonObject open() {
        return new JsonObject()
                .put("publicKeyId", publicKeyId)
                .put("publicKey", publicKeyPem)
                .put("serial", serial)
                .put("certificate", certificatePem);
    }

    JsonObject whole() {
        return open().put("privateKey", Keys.pem(privateKey));
    }

    static PlatformKey of(JsonObject json) {
        return new PlatformKey(
                json.getString("publicKeyId"),
                json.getString("publicKey"),
                json.getString("serial"),
                json.getString("certificate"),
                Keys.privateKey(json.getString("privateKey")));
    }
}
