package cloud.wuye.platform.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Migrate;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Secrets are sealed anew when the service starts; the job that migrates does no due work, and so not this either. */
class SealAnewAtStartTest {
    private static final SecretBox BOX = TestKeys.box("next", "next", "old");

    @Test
    void theServiceLooksForSecretsToSealAnewAndTheJobDoesNot() {
        RewrapSecrets rewrap = new RewrapSecrets(null, BOX, List.of(new Asked()));
        rewrap.atStart(null, TestKeys.config(Optional.of("next"), Map.of(), false));
        assertEquals(
                "asked",
                assertThrows(
                                IllegalStateException.class,
                                () -> rewrap.atStart(null, TestKeys.config(Optional.of("next"), Map.of(), true)))
                        .getMessage());
    }

    @Test
    void theJobThatMigratesSaysSo() {
        assertTrue(config().sealAnewAtStart());
        Properties before = (Properties) System.getProperties().clone();
        try {
            Migrate.prepare();
            assertFalse(config().sealAnewAtStart());
        } finally {
            System.setProperties(before);
        }
    }

    private static SecretConfig config() {
        return new SmallRyeConfigBuilder()
                .withMapping(SecretConfig.class)
                .addSystemSources()
                .build()
                .getConfigMapping(SecretConfig.class);
    }

    /** Secrets that tell when they are asked for. */
    private static final class Asked implements SealedSecrets {
        @Override
        public String owners() {
            return "tests";
        }

        @Override
        public String table() {
            throw new IllegalStateException("asked");
        }

        @Override
        public Uni<Integer> sealAnew(SqlConnection tx) {
            throw new IllegalStateException("sealed");
        }
    }
}
