package cloud.wuye.operation;

import static io.restassured.RestAssured.given;

import cloud.wuye.platform.Ids;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.ServiceProcess;
import cloud.wuye.testing.TestIssuer;
import cloud.wuye.testing.TestTenant;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** The packaged service among real servers, with one company whose tokens a local issuer signs; Keycloak is away. */
final class Plant implements AutoCloseable {
    static final KitServers KIT = KitServers.shared();

    static {
        // One for all: its address stands in a system property. It ends with the JVM.
        new TestIssuer().start();
    }

    /** Where the packaged service's own log and data lie. */
    private static final Path DIRECTORY = Path.of("target", "operation").toAbsolutePath();

    final ServiceProcess service;
    final TestTenant company;
    private final String database;

    Plant(Map<String, String> more) {
        database = "operation_" + UUID.randomUUID().toString().replace("-", "");
        KIT.createDatabase(database);
        Map<String, String> settings = serverSettings(database);
        settings.putAll(more);
        service = start(database, settings).awaitListening();
        KIT.askAboutDevicesAt(service.url() + "/internal/mqtt");
        company = companyInService();
        // The service looks for a company it did not know a moment ago only after that moment.
        Awaitility.await()
                .until(() -> graphQL(company.manager(), "{me{username}}").path("errors") == null);
    }

    /** All settings that production must give. */
    static Map<String, String> serverSettings(String database) {
        Map<String, String> settings = new HashMap<>(KIT.settings().postgres(database));
        settings.putAll(KIT.settings().mqtt());
        settings.put("wuye.identity.keycloak.url", "http://127.0.0.1:1");
        settings.put("wuye.identity.keycloak.provisioner-secret", "of-no-use");
        return settings;
    }

    static ServiceProcess start(String name, Map<String, String> settings, String... arguments) {
        return ServiceProcess.start(DIRECTORY, name, settings, arguments);
    }

    Response graphQL(String token, String document) {
        RequestSpecification request = given();
        if (token != null) {
            request.auth().oauth2(token);
        }
        return request.contentType("application/json")
                .accept("application/json")
                .header("Accept-Language", "en")
                .body(Map.of("query", document))
                .post(service.url() + "/graphql");
    }

    private TestTenant companyInService() {
        TestTenant made = new TestTenant(Ids.next(), "o" + Ids.next().toString().substring(24));
        try (Connection connection = DriverManager.getConnection(
                        KIT.jdbcUrl(database),
                        KIT.fact("postgres.cross.username"),
                        KIT.fact("postgres.cross.password"));
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO tenant (id, code, name, issuer, base_url, status, status_since, created_at)"
                                + " VALUES (?, ?, ?, ?, ?, 'ACTIVE', now(), now())")) {
            insert.setObject(1, made.id());
            insert.setString(2, made.code());
            insert.setString(3, made.code());
            insert.setString(4, TestIssuer.issuer(made.code()));
            insert.setString(5, TestIssuer.baseUrl());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    @Override
    public void close() {
        if (service.isAlive()) {
            service.close();
        }
        KIT.askAboutDevicesAt("");
        KIT.dropDatabase(database);
    }
}
