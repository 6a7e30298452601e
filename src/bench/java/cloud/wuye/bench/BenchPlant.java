package cloud.wuye.bench;

import cloud.wuye.kit.RoleScript;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tariff.LaidOutPlans;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.ServiceProcess;
import cloud.wuye.testing.TestIssuer;
import io.vertx.mutiny.sqlclient.Pool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged service in a database of its own, with companies whose meters are prepaid at one price each. */
final class BenchPlant implements AutoCloseable {
    private static final String CROSS = "wuye_cross";
    private static final String PASSWORD = "bench";

    private final Surroundings around;
    private final String database = "wuye_bench_" + Long.toString(System.nanoTime(), 36);
    /** What the tokens of all companies are signed by. */
    private final TestIssuer issuer = new TestIssuer();

    final List<Company> companies;
    final List<Messages.Device> devices = new ArrayList<>();
    private ServiceProcess service;

    /** A company, in whose manager's name it can be asked. */
    record Company(UUID id, String code) {
        static Company fresh() {
            UUID id = Ids.next();
            return new Company(id, "b" + id.toString().replace("-", "").substring(20));
        }

        String token() {
            return as("lin", Roles.MANAGER);
        }

        String as(String username, String role) {
            return TestIssuer.token(code, username, role);
        }
    }

    BenchPlant(Surroundings around, int companies, int devicesOfEach) throws SQLException {
        this.around = around;
        this.companies =
                IntStream.range(0, companies).mapToObj(i -> Company.fresh()).toList();
        issuer.start();
        superuser("postgres", "CREATE DATABASE " + database);
        superuser(
                database,
                RoleScript.with(Map.of(
                        "DBNAME", database,
                        "owner_password", PASSWORD,
                        "app_password", PASSWORD,
                        "cross_password", PASSWORD)));
        ServiceProcess job = ServiceProcess.start(folder(), "migrate", settings(), "migrate");
        Awaitility.await().atMost(Duration.ofMinutes(10)).until(() -> !job.isAlive());
        if (job.exitCode() != 0) {
            throw new IllegalStateException(job.tail());
        }
        for (Company company : this.companies) {
            TestIssuer.lend(this.companies.get(0).code(), company.code());
            furnish(company, devicesOfEach);
        }
    }

    private Path folder() {
        return Path.of("target", "bench", database).toAbsolutePath();
    }

    /** Begins the service and waits until it hears the broker. */
    void start() {
        service = listening(begin());
    }

    /** Waits as long as a machine may take that has much else to do. */
    static ServiceProcess listening(ServiceProcess service) {
        for (int patience = 0; patience < 3; patience++) {
            try {
                return service.awaitListening();
            } catch (ConditionTimeoutException slow) {
                System.out.println("a replica takes long to start");
            }
        }
        return service.awaitListening();
    }

    /** Begins the service as a replica does, with a database that is up to date. */
    ServiceProcess begin() {
        return begin("bench-" + System.nanoTime(), KitServers.freePort(), Map.of());
    }

    /** The same under a name that it has again after a restart, at a known port, with more settings. */
    ServiceProcess begin(String node, int port, Map<String, String> more) {
        Map<String, String> settings = settings();
        settings.put("quarkus.flyway.owner.migrate-at-start", "false");
        settings.putAll(more);
        return ServiceProcess.start(folder(), node, settings, port);
    }

    ServiceProcess service() {
        return service;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        String url = around.url(database);
        for (String which : List.of("", "cross.")) {
            settings.put("quarkus.datasource." + which + "reactive.url", url);
            settings.put("quarkus.datasource." + which + "username", which.isEmpty() ? "wuye_app" : CROSS);
            settings.put("quarkus.datasource." + which + "password", PASSWORD);
        }
        settings.put("quarkus.datasource.owner.jdbc.url", "jdbc:" + url);
        settings.put("quarkus.datasource.owner.username", "wuye_owner");
        settings.put("quarkus.datasource.owner.password", PASSWORD);
        settings.put("wuye.mqtt.host", around.broker().getHostString());
        settings.put("wuye.mqtt.port", Integer.toString(around.broker().getPort()));
        settings.put("wuye.mqtt.username", "wuye");
        settings.put("wuye.mqtt.password", PASSWORD);
        settings.put("wuye.inbox.topic", "pm/v1/+/+/+/up/#");
        settings.put("wuye.identity.keycloak.url", TestIssuer.baseUrl());
        settings.put("wuye.identity.keycloak.provisioner-secret", "of-no-use");
        return settings;
    }

    private void furnish(Company company, int count) throws SQLException {
        cross(
                "INSERT INTO tenant (id, code, name, issuer, base_url, status, status_since, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, 'ACTIVE', now(), now())",
                company.id(),
                company.code(),
                company.code(),
                TestIssuer.issuer(company.code()),
                TestIssuer.baseUrl());
        String mark = company.id().toString().substring(28);
        cross(
                "INSERT INTO device (id, tenant_id, uid, kind, device_class, serial_no, name, lifecycle, created_at)"
                        + " SELECT gen_random_uuid(), ?, 'm' || ? || i, 'ELECTRICITY_METER', 'emeter', 'm' || i, 'm' || i, 'ACTIVE', now()"
                        + " FROM generate_series(1, ?) i",
                company.id(),
                mark,
                count);
        IntStream.rangeClosed(1, count).forEach(i -> devices.add(new Messages.Device(company.code(), "m" + mark + i)));
    }

    /** Opens a prepaid account for each meter, from its first reading on: each must have been read. */
    void openAccounts() throws SQLException {
        for (Company company : companies) {
            UUID plan = layOutPlan(company);
            cross(
                    "INSERT INTO meter_account (tenant_id, point_id, device_id, commodity, mode, authority, unit, plan_id, opened_at)"
                            + " SELECT tenant_id, id, id, 'ELECTRICITY', 'PREPAID', 'PLATFORM', 'MONEY', ?, now()"
                            + " FROM device WHERE tenant_id = ?",
                    plan,
                    company.id());
            cross(
                    "INSERT INTO meter_balance (tenant_id, point_id, device_id, plan_id, in_quantity, credit, look_below, starts_at,"
                            + " charged_until, posted_at) SELECT d.tenant_id, d.id, d.id, ?, false, 1000, 0, s.base_at, s.base_at, now()"
                            + " FROM device d JOIN meter_state s ON s.tenant_id = d.tenant_id AND s.device_id = d.id WHERE d.tenant_id = ?",
                    plan,
                    company.id());
        }
        superuser(database, "ANALYZE");
    }

    /** A plan of one price that has been in force for long. */
    private UUID layOutPlan(Company company) {
        Pool pool = around.pool(database, CROSS, PASSWORD);
        UUID plan = pool.withTransaction(tx -> LaidOutPlans.addOnePrice(tx, company.id(), Instant.now()))
                .await()
                .indefinitely();
        pool.close().await().indefinitely();
        return plan;
    }

    long readings() throws SQLException {
        return Long.parseLong(one("SELECT count(*) FROM meter_reading"));
    }

    /** The first column of each row, as text. */
    List<String> column(String sql) throws SQLException {
        try (Connection connection = openCross();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> column = new ArrayList<>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }

    /** The first column of the first row, as text. */
    String one(String sql) throws SQLException {
        try (Connection connection = openCross()) {
            return one(connection, sql);
        }
    }

    /** The same of tables that the service's own logins may not read. */
    String ownersOne(String sql) throws SQLException {
        try (Connection connection = around.asSuperuser(database)) {
            return one(connection, sql);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Across all companies. */
    void cross(String sql, Object... values) throws SQLException {
        try (Connection connection = openCross();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    /** A connection of one's own across all companies. */
    Connection openCross() throws SQLException {
        return around.connect(database, CROSS, PASSWORD);
    }

    /** Without any fence, as nobody of the service can: for vacuuming and for large fillings. */
    void superuser(String sql) throws SQLException {
        superuser(database, sql);
    }

    /** Leaves the tables as autovacuum would in time. */
    void vacuum() throws SQLException {
        superuser("VACUUM ANALYZE");
    }

    void checkpoint() throws SQLException {
        superuser("postgres", "CHECKPOINT");
    }

    private void superuser(String name, String sql) throws SQLException {
        try (Connection connection = around.asSuperuser(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        if (service != null) {
            service.close();
        }
        issuer.stop();
        superuser("postgres", "DROP DATABASE " + database + " WITH (FORCE)");
    }
}
