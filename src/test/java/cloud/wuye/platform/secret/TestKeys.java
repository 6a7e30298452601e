package cloud.wuye.platform.secret;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Boxes with keys of a test's choice. */
public final class TestKeys {
    private TestKeys() {}

    /** A box that seals with one of these keys and opens with all; {@code test} is the one of the running service. */
    public static SecretBox box(String current, String... ids) {
        Map<String, String> keys = Stream.of(ids).collect(Collectors.toMap(id -> id, TestKeys::key));
        return new SecretBox(config(Optional.of(current), keys, true));
    }

    /** Settings as a test wants them. */
    static SecretConfig config(Optional<String> current, Map<String, String> keys, boolean sealAnewAtStart) {
        return new SecretConfig() {
            @Override
            public Optional<String> current() {
                return current;
            }

            @Override
            public Map<String, String> keys() {
                return keys;
            }

            @Override
            public boolean sealAnewAtStart() {
                return sealAnewAtStart;
            }
        };
    }

    private static String key(String id) {
        if (id.equals("test")) {
            return ConfigProvider.getConfig().getValue("wuye.secrets.keys.test", String.class);
        }
        byte[] bytes = new byte[32];
        bytes[0] = (byte) id.hashCode();
        return Base64.getEncoder().encodeToString(bytes);
    }
}
