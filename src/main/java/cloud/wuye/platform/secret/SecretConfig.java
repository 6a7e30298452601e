package cloud.wuye.platform.secret;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** The keys with which secrets are encrypted, {@code wuye.secrets.*}. */
@ConfigMapping(prefix = "wuye.secrets")
public interface SecretConfig {
    /** The id of the key with which is encrypted from now on; one of {@link #keys()}. */
    Optional<String> current();

    /** Keys by id: 32 random bytes in Base64 each. Old ones stay until everything has been wrapped anew. */
    Map<String, String> keys();

    /** Whether what is sealed with an older key is sealed anew at the start; the job that migrates does not. */
    @WithDefault("true")
    boolean sealAnewAtStart();
}
