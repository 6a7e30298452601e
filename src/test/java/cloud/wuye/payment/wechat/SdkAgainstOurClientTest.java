package cloud.wuye.payment.wechat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.payment.ChannelSettings.ChannelKeyText;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the published SDK signs and encrypts we verify and decrypt, and the other way round. */
class SdkAgainstOurClientTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static KeyPair pair;

    @BeforeAll
    static void keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    @Test
    void sdkVerifiesWhatWeSign() {
        String text = Rsa.lines("GET", "/v3/pay/transactions/out-trade-no/1?mchid=2", "1700000000", "nonce", "");
        RSAVerifier verifier = new RSAVerifier(pair.getPublic(), "PUB_KEY_ID_1");
        assertTrue(verifier.verify("PUB_KEY_ID_1", text, Rsa.sign(pair.getPrivate(), text)));
        assertFalse(verifier.verify("PUB_KEY_ID_1", text + " ", Rsa.sign(pair.getPrivate(), text)));
    }

    @Test
    void weVerifyWhatTheSdkSigns() {
        String signature = new RSASigner("serial", pair.getPrivate())
                .sign("1700000000\nnonce\n{\"金额\":1}\n")
                .getSign();
        assertTrue(Rsa.verifies(
                pair.getPublic(), Rsa.lines("1700000000", "nonce"), "{\"金额\":1}".getBytes(UTF_8), signature));
    }

    @Test
    void weDecryptWhatTheSdkEncrypts() throws GeneralSecurityException {
        String hidden = new AeadAesCipher(KEY.getBytes(UTF_8))
                .encrypt("transaction".getBytes(UTF_8), "0123456789ab".getBytes(UTF_8), "{\"金额\":1}".getBytes(UTF_8));
        byte[] open =
                new SealedResource("AEAD_AES_256_GCM", "0123456789ab", "transaction", hidden).open(KEY.getBytes(UTF_8));
        assertArrayEquals("{\"金额\":1}".getBytes(UTF_8), open);
        assertThrows(GeneralSecurityException.class, () -> new SealedResource(
                        "AEAD_AES_256_GCM", "0123456789ab", "refund", hidden)
                .open(KEY.getBytes(UTF_8)));
    }

    @Test
    void keysAreReadAndOtherThingsAreNot() {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----";
        assertEquals(
                pair.getPublic(),
                ChannelKey.of(new ChannelKeyText("PUB_KEY_ID_1", pem)).key());
        for (String id : new String[] {"PUB_KEY_ID_1", "ABCDEF0123456789"}) {
            for (String nonsense : new String[] {"", "nonsense", pem.replace("A", "!"), pem.substring(0, 80)}) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ChannelKey.of(new ChannelKeyText(id, nonsense)),
                        id + nonsense);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> ChannelKey.privateKey(pem));
    }

    @Test
    void descriptionIsCutBetweenCharacters() {
        assertEquals("电电", WeChatPay.cut("电电电", 8));
        assertEquals("电电电", WeChatPay.cut("电电电", 9));
        assertEquals("a", WeChatPay.cut("a😀", 4));
        assertEquals("a😀", WeChatPay.cut("a😀", 5));
    }
}
