package cloud.wuye.kit.payment;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Locale;

/**
 * A merchant of the simulator, keys and all: what a property company enters as its account.
 *
 * @param prefersCertificate whether answers and notices to it are signed under the certificate's serial number
 */
record Merchant(
        String mchid,
        String appid,
        String serial,
        String privateKeyPem,
        PublicKey publicKey,
        String apiV3Key,
        boolean prefersCertificate) {
    private static final int SERIAL_BITS = 160;

    static Merchant fresh(String mchid, String appid, boolean prefersCertificate) {
        KeyPair pair = Keys.pair();
        return new Merchant(
                mchid,
                appid,
                new BigInteger(SERIAL_BITS, new SecureRandom())
                        .setBit(SERIAL_BITS - 1)
                        .toString(16)
                        .toUpperCase(Locale.ROOT),
                Keys.pem(pair.getPrivate()),
                pair.getPublic(),
                Keys.random(32),
                prefersCertificate);
    }

    JsonObject json() {
        return new JsonObject()
                .put("mchid", mchid)
                .put("appid", appid)
                .put("serial", serial)
                .put("privateKey", privateKeyPem)
                .put("merchantPublicKey", Keys.pem(publicKey))
                .put("apiV3Key", apiV3Key)
                .put("prefersCertificate", prefersCertificate);
    }

    static Merchant of(JsonObject json) {
        return new Merchant(
                json.getString("mchid"),
                json.getString("appid"),
                json.getString("serial"),
                json.getString("privateKey"),
                Keys.publicKey(json.getString("merchantPublicKey")),
                json.getString("apiV3Key"),
                json.getBoolean("prefersCertificate", false));
    }
}
