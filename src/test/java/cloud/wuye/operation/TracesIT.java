package cloud.wuye.operation;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cloud.wuye.device.contract.Ulid;
import cloud.wuye.platform.Ids;
import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged service and a collector of traces. */
class TracesIT {
    private static final String PROMPTLY = "200ms";

    @Test
    void aRequestAndABatchOfReadingsArriveAtTheCollectorWithTheirCompany() {
        try (OtlpReceiver collector = new OtlpReceiver();
                Plant plant = new Plant(Map.of(
                        "quarkus.otel.exporter.otlp.endpoint",
                        collector.url(),
                        "quarkus.otel.exporter.otlp.protocol",
                        "http/protobuf",
                        "quarkus.otel.bsp.schedule.delay",
                        PROMPTLY))) {
            String tenant = plant.company.id().toString();
            sendReading(plant);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertFalse(
                        of(collector, "POST /graphql", tenant).isEmpty(),
                        () -> collector.spans().toString());
                assertFalse(
                        of(collector, "ingest batch", tenant).isEmpty(),
                        () -> collector.spans().toString());
            });
            assertEquals(
                    List.of(),
                    collector.spans().stream()
                            .filter(span -> span.traceId().length() != 32)
                            .toList());
        }
    }

    /** The port is the one that the exporter knocks at when nobody told it where the collector is. */
    @Test
    void withoutACollectorsAddressNobodyIsCalled() throws IOException {
        try (ServerSocket standard = standardPort();
                Plant plant =
                        new Plant(Map.of("quarkus.otel.bsp.schedule.delay", PROMPTLY, "wuye.tracing.ratio", "1"))) {
            sendReading(plant);
            standard.setSoTimeout(3_000);
            assertEquals("nobody called", caller(standard));
            assertFalse(plant.service.lines().stream().anyMatch(line -> line.contains("Failed to export")));
        }
    }

    private static String caller(ServerSocket standard) throws IOException {
        try (var call = standard.accept()) {
            return String.valueOf(call);
        } catch (SocketTimeoutException silence) {
            return "nobody called";
        }
    }

    private static ServerSocket standardPort() {
        try {
            return new ServerSocket(4317, 5, InetAddress.getLoopbackAddress());
        } catch (IOException taken) {
            assumeTrue(false, "a collector runs on this machine");
            throw new IllegalStateException(taken);
        }
    }

    private static List<OtlpReceiver.Span> of(OtlpReceiver collector, String name, String tenant) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name)
                        && tenant.equals(span.attributes().get("wuye.tenant")))
                .toList();
    }

    private static void sendReading(Plant plant) {
        Response done = plant.graphQL(
                plant.company.technician(),
                "mutation{r:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:\"M\"})"
                        + "{device{id uid} credential{username password}}}");
        done.then().body("errors", nullValue());
        String uid = done.path("data.r.device.uid");
        Mqtt3BlockingClient meter = MqttClient.builder()
                .useMqttVersion3()
                .identifier(uid)
                .serverHost(Plant.KIT.fact("mqtt.host"))
                .serverPort(Integer.parseInt(Plant.KIT.fact("mqtt.port")))
                .simpleAuth()
                .username(uid)
                .password(done.<String>path("data.r.credential.password").getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .buildBlocking();
        meter.connect();
        meter.publishWith()
                .topic("pm/v1/" + plant.company.code() + "/emeter/" + uid + "/up/telemetry")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(
                        """
                        {"v":1,"id":"%s","boot":"b1","seq":1,"ts":"%s","clk":"ntp","data":{"reg":{"import":"100.00"}}}"""
                                .formatted(Ulid.format(Ids.next()), Instant.now())
                                .getBytes(StandardCharsets.UTF_8))
                .send();
        String id = done.path("data.r.device.id");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> plant.graphQL(
                        plant.company.technician(), "{device(id:\"" + id + "\"){latestReading{value}}}")
                .then()
                .body("data.device.latestReading.value", notNullValue()));
        meter.disconnect();
    }
}
