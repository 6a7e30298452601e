package cloud.wuye.payment.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The encrypted part of a notice: AES-256-GCM under the APIv3 key. */
record SealedResource(String algorithm, String nonce, String associatedData, String ciphertext) {
    private static final String ALGORITHM = "AEAD_AES_256_GCM";
    private static final int TAG_BITS = 128;

    static SealedResource of(JsonNode resource) {
        return new SealedResource(
                resource.path("algorithm").asText(),
                resource.path("nonce").asText(),
                resource.path("associated_data").asText(""),
                resource.path("ciphertext").asText());
    }

    /** The bytes inside; GeneralSecurityException when they are not under this key, or have been changed. */
    byte[] open(byte[] apiV3Key) throws GeneralSecurityException {
        if (!algorithm.equals(ALGORITHM) || nonce.isEmpty()) {
            throw new GeneralSecurityException("not " + ALGORITHM);
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(apiV3Key, "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce.getBytes(UTF_8)));
            cipher.updateAAD(associatedData.getBytes(UTF_8));
            return cipher.doFinal(Base64.getDecoder().decode(ciphertext));
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException("not Base64", notBase64);
        }
    }
}
