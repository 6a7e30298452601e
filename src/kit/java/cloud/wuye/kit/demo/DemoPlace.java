package cloud.wuye.kit.demo;

import java.nio.file.Path;

/**
 * Where everything is.
 *
 * @param service base address of the service
 * @param keycloak base address of Keycloak
 * @param keycloakAdmin user of its master realm
 * @param keycloakAdminPassword that user's password
 * @param broker host:port for devices
 * @param database address of PostgreSQL, to be shown
 * @param payment base address of the payment simulator, or null
 * @param directory where the demo keeps what it must not forget
 */
public record DemoPlace(
        String service,
        String keycloak,
        String keycloakAdmin,
        String keycloakAdminPassword,
        String broker,
        String database,
        String payment,
        Path directory) {
    Path credentials() {
        return directory.resolve("credentials.csv");
    }

    Path memory() {
        return directory.resolve("meters.json");
    }
}
