package cloud.wuye.device.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class CredentialHashTest {
    @Test
    void matchesItsOwnSecretOnly() {
        String secret = CredentialHash.newSecret();
        CredentialHash hash = CredentialHash.of(secret);
        assertTrue(hash.matches(secret));
        assertFalse(hash.matches(secret + "x"));
        assertFalse(hash.matches(secret.substring(1)));
        assertFalse(hash.matches(""));
    }

    @Test
    void readsWhatMosquittosOwnToolWrites() {
        // mosquitto_passwd -b file user correct-horse, of Mosquitto 2.0.11
        CredentialHash made =
                new CredentialHash("$7$101$TA8voNxgofpXnCOh$oTEV4pYlf+WtK2JX/TqnITAeQ6YU4pbfCEObZ3VGNAspwhJJ"
                        + "x2wP35qQ9J84xu+nIOuFcL7ccc/ZfAV31kOyGQ==");
        assertTrue(made.matches("correct-horse"));
        assertFalse(made.matches("wrong-horse"));
    }

    @Test
    void saltsEachHash() {
        String secret = CredentialHash.newSecret();
        assertNotEquals(
                CredentialHash.of(secret).text(), CredentialHash.of(secret).text());
    }

    @Test
    void makesSecretsOf128Bits() {
        assertEquals(16, Base64.getUrlDecoder().decode(CredentialHash.newSecret()).length);
        assertNotEquals(CredentialHash.newSecret(), CredentialHash.newSecret());
    }

    @Test
    void refusesWhatIsNoHash() {
        assertFalse(new CredentialHash("$6$abc$def").matches("x"));
        assertFalse(new CredentialHash("").matches(""));
    }

    @Test
    void staysOutOfLogs() {
        CredentialHash hash = CredentialHash.of("secret");
        assertFalse(hash.toString().contains(hash.text()));
        assertFalse(new IssuedCredential("d1", "secret").toString().contains("secret"));
    }
}
