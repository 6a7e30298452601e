package cloud.wuye.device.inbox;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.KitServers;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Without the broker people go on working, and whoever watches is told. */
@QuarkusTest
class BrokerAwayTest {
    @Inject
    Listening listening;

    @Test
    void theReplicaStaysReadyAndSaysThatItIsDegraded() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !degraded());
        KitServers.shared().stopBroker();
        try {
            await().atMost(Duration.ofSeconds(30)).until(BrokerAwayTest::degraded);
            // Each channel notices for itself.
            await().until(() -> "DOWN".equals(telemetry(ready())));
            Response ready = ready();
            assertEquals(200, ready.statusCode());
            assertEquals("UP", ready.path("checks.find{it.name=='broker'}.status"));
            assertEquals("DOWN", telemetry(ready));
            assertTrue(given().get("/q/metrics").asString().contains("wuye_broker_connected 0.0"));
            await().until(() -> listening.since().isEmpty());
            Graph.as(TestTenants.fresh().manager()).ask("{devices(first:1){nodes{id}}}");
        } finally {
            KitServers.shared().startBroker();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> !degraded());
        assertTrue(given().get("/q/metrics").asString().contains("wuye_broker_connected 1.0"));
        await().until(() -> listening.since().isPresent());
    }

    private static boolean degraded() {
        return ready().path("checks.find{it.name=='broker'}.data.degraded");
    }

    private static String telemetry(Response ready) {
        return ready.path("checks.find{it.name=='broker'}.data.telemetry");
    }

    private static Response ready() {
        return given().get("/q/health/ready");
    }
}
