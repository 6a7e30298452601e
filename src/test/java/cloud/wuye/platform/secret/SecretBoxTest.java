package cloud.wuye.platform.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.problem.Problem;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final UUID ME = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("00000000-0000-7000-8000-000000000002");
    private static final String OLD = key(1);
    private static final String NEW = key(2);

    @Test
    void sealedOpensForItsCompanyAndColumnOnly() {
        SecretBox box = box("old", Map.of("old", OLD));
        String sealed = box.seal(ME, "column", "秘密");
        assertTrue(sealed.startsWith("v1:old:"), sealed);
        assertNotEquals(sealed, box.seal(ME, "column", "秘密"));
        assertEquals("秘密", box.open(ME, "column", sealed));
        assertThrows(IllegalStateException.class, () -> box.open(OTHER, "column", sealed));
        assertThrows(IllegalStateException.class, () -> box.open(ME, "other", sealed));
        String changed = sealed.substring(0, 20) + (sealed.charAt(20) == 'A' ? 'B' : 'A') + sealed.substring(21);
        assertThrows(IllegalStateException.class, () -> box.open(ME, "column", changed));
    }

    @Test
    void oldKeysOpenWhileTheNewOneSeals() {
        String sealed = box("old", Map.of("old", OLD)).seal(ME, "column", "secret");
        SecretBox both = box("new", Map.of("old", OLD, "new", NEW));
        assertEquals("secret", both.open(ME, "column", sealed));
        assertFalse(both.isCurrent(sealed));
        String anew = both.seal(ME, "column", both.open(ME, "column", sealed));
        assertTrue(both.isCurrent(anew));
        SecretBox onlyNew = box("new", Map.of("new", NEW));
        assertEquals("secret", onlyNew.open(ME, "column", anew));
        assertThrows(Problem.class, () -> onlyNew.open(ME, "column", sealed));
    }

    @Test
    void missingKeyIsNamed() {
        assertTold("wuye.secrets.current", new SecretBox(TestKeys.config(Optional.empty(), Map.of(), true)));
        assertTold("wuye.secrets.keys.k1", box("k1", Map.of()));
        assertTold("wuye.secrets.keys.k1", box("k1", Map.of("k1", "c2hvcnQ=")));
        assertTold("wuye.secrets.keys.k1", box("k1", Map.of("k1", "not Base64!")));
    }

    @Test
    void fingerprintTellsSecretsApartAndNothingElse() {
        SecretBox box = box("old", Map.of("old", OLD));
        assertEquals(box.fingerprint(ME, "c", "a"), box.fingerprint(ME, "c", "a"));
        assertNotEquals(box.fingerprint(ME, "c", "a"), box.fingerprint(ME, "c", "b"));
        assertNotEquals(box.fingerprint(ME, "c", "a"), box.fingerprint(OTHER, "c", "a"));
    }

    @Test
    void keysMayComeFromTheEnvironment() {
        SecretConfig config = new SmallRyeConfigBuilder()
                .withMapping(SecretConfig.class)
                .withSources(
                        new EnvConfigSource(Map.of("WUYE_SECRETS_CURRENT", "k1", "WUYE_SECRETS_KEYS_K1", OLD), 300))
                .build()
                .getConfigMapping(SecretConfig.class);
        assertEquals("k1", new SecretBox(config).currentKeyId());
    }

    private static void assertTold(String setting, SecretBox box) {
        Problem problem = assertThrows(Problem.class, () -> box.seal(ME, "column", "secret"));
        assertTrue(problem.getMessage().contains(setting), problem.getMessage());
    }

    private static SecretBox box(String current, Map<String, String> keys) {
        return new SecretBox(TestKeys.config(Optional.of(current), keys, true));
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
