package cloud.wuye.device.inbox;

import static org.awaitility.Awaitility.await;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.dev.KitSettings;
import cloud.wuye.testing.KitServers;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.sun.net.httpserver.HttpServer;
import io.restassured.RestAssured;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Companies and devices straight in the tables, and their lines to the real broker, which lets everybody in. */
@ApplicationScoped
public class TestDevices {
    private final String url;
    private final BrokerLines lines;

    TestDevices(@ConfigProperty(name = "quarkus.datasource.owner.jdbc.url") String url, BrokerLines lines) {
        this.url = url;
        this.lines = lines;
    }

    /**
     * Waits for the service to listen and to be able to answer: what a device says before, right after the start or after a test
     * that stopped the broker, nobody hears, and answers are not sent later.
     */
    public void awaitListening() {
        await().atMost(Duration.ofSeconds(30)).until(() -> lines.isUp(DeviceInbox.CHANNEL) && lines.areAllUp());
    }

    /** The broker asks the service itself about devices, whatever door the tests before have left, and the service listens. */
    public void askTheService() {
        KitServers.shared().askAboutDevicesAt("http://127.0.0.1:" + RestAssured.port + KitSettings.DEVICE_DOOR);
        awaitListening();
    }

    public static HttpServer letEverybodyIn() throws IOException {
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", exchange -> {
            byte[] yes = "{\"result\":\"allow\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, yes.length);
            exchange.getResponseBody().write(yes);
            exchange.close();
        });
        door.start();
        KitServers.shared()
                .askAboutDevicesAt("http://127.0.0.1:" + door.getAddress().getPort());
        return door;
    }

    public static Mqtt5BlockingClient connect(String uid) {
        Mqtt5BlockingClient line = Mqtt5Client.builder()
                .identifier(uid)
                .serverHost(KitServers.shared().fact("mqtt.host"))
                .serverPort(Integer.parseInt(KitServers.shared().fact("mqtt.port")))
                .simpleAuth()
                .username(uid)
                .password("any".getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        line.connect();
        return line;
    }

    public static void publish(Mqtt5BlockingClient line, String topic, String payload) {
        line.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    public static String envelope(String id, String boot, int seq, Instant ts, String clk, String data) {
        return "{\"v\":1,\"id\":\"%s\",\"boot\":\"%s\",\"seq\":%d,\"ts\":\"%s\",\"clk\":\"%s\",\"data\":%s}"
                .formatted(id, boot, seq, ts, clk, data);
    }

    public static String newId() {
        return Ulid.format(Ids.next());
    }

    public UUID tenant(String code) {
        UUID id = Ids.next();
        run(
                "INSERT INTO tenant (id, code, name, issuer, base_url, status, status_since, created_at)"
                        + " VALUES (?, ?, ?, ?, 'http://localhost', 'ACTIVE', now(), now())",
                id,
                code,
                code,
                "http://localhost/" + code);
        return id;
    }

    public UUID device(UUID tenant, String deviceClass, String uid, UUID gateway) {
        UUID id = Ids.next();
        String kind =
                switch (deviceClass) {
                    case "emeter" -> "ELECTRICITY_METER";
                    case "wmeter" -> "WATER_METER";
                    case "charger" -> "CHARGING_PILE";
                    case "face" -> "FACE_TERMINAL";
                    default -> "GATEWAY";
                };
        run(
                "INSERT INTO device (id, tenant_id, uid, kind, device_class, serial_no, name, gateway_id, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, now())",
                id,
                tenant,
                uid,
                kind,
                deviceClass,
                uid,
                uid,
                gateway);
        return id;
    }

    /** With the cross-tenant login: the owner itself is fenced. */
    public void run(String sql, Object... values) {
        rows(sql, values);
    }

    public void asOwner(String sql) {
        try (Connection connection = login("owner");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not from the service's pool: some tests stop the server under it. */
    private Connection login(String role) throws SQLException {
        KitServers kit = KitServers.shared();
        return DriverManager.getConnection(
                url, kit.fact("postgres." + role + ".username"), kit.fact("postgres." + role + ".password"));
    }

    /** The rows, each as its columns' texts joined by a bar. */
    public List<String> rows(String sql, Object... values) {
        try (Connection connection = login("cross");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            List<String> rows = new ArrayList<>();
            if (statement.execute()) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    List<String> columns = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        columns.add(result.getString(i));
                    }
                    rows.add(String.join(
                            "|", columns.stream().map(String::valueOf).toList()));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String one(String sql, Object... values) {
        List<String> rows = rows(sql, values);
        return rows.isEmpty() ? null : rows.get(0);
    }
}
