package cloud.wuye.platform.db;

import io.quarkus.arc.Unremovable;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jboss.logging.Logger;

/**
 * The program as a job that migrates the database and ends, with code 0 when it is up to date: {@code migrate} as the first
 * argument. Replicas are then started with {@code quarkus.flyway.owner.migrate-at-start=false} and find nothing to do.
 *
 * <p>It takes the settings of the service, hears no device, answers nobody and does no due work.
 */
@Unremovable
@ApplicationScoped
public class Migrate implements QuarkusApplication {
    /** The argument that asks for it. */
    public static final String ARGUMENT = "migrate";

    private static final Logger LOG = Logger.getLogger(Migrate.class);

    private static final Map<String, String> NOTHING_ELSE = Map.of(
            "quarkus.flyway.owner.migrate-at-start", "true",
            "quarkus.http.host-enabled", "false",
            "quarkus.scheduler.start-mode", "halted",
            "wuye.outbox.relay", "false",
            "wuye.secrets.seal-anew-at-start", "false",
            "wuye.mqtt.connect", "false");

    private final Flyway flyway;

    Migrate(@FlywayDataSource("owner") Flyway flyway) {
        this.flyway = flyway;
    }

    /** Leaves out, before the application starts, whatever a service does beside migrating. */
    public static void prepare() {
        NOTHING_ELSE.forEach(System::setProperty);
    }

    /** The migrations have run when this is called; a failed one ends the start. */
    @Override
    public int run(String... arguments) {
        MigrationInfo last = Objects.requireNonNull(flyway.info().current(), "no migration has run");
        LOG.infof("The database is at version %s", last.getVersion());
        return 0;
    }
}
