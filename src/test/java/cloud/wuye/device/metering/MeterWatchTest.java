package cloud.wuye.device.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.graphql.GraphQLSocket;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Staff see readings as they come, of their own meters. */
@QuarkusTest
class MeterWatchTest {
    private static final String READ =
            "mutation($d:ID!,$r:ManualReadingInput!){recordManualReading(deviceId:$d,reading:$r){quality}}";

    @Inject
    @ReactiveDataSource("cross")
    Pool database;

    private TestTenant company;
    private Graph technician;
    private String meter;
    private Instant at;

    @BeforeEach
    void aMeter() {
        company = TestTenants.fresh();
        technician = Graph.as(company.technician());
        meter = register("WATER_METER", "W");
        at = Instant.now().minus(Duration.ofDays(3));
    }

    @Test
    void eachNewReadingIsShownOnceWithAllThatIsNeeded() throws Exception {
        read("TOTAL", "10.5");
        try (var socket = watching(company.finance(), meter)) {
            JsonObject first = update(socket.next());
            assertEquals(meter, first.getString("deviceId"));
            assertEquals("TOTAL CUBIC_METRE VALID null", words(first));
            assertEquals(0, new BigDecimal("10.5").compareTo(new BigDecimal(first.getString("value"))));
            assertTrue(first.getString("readAt").compareTo(first.getString("receivedAt")) < 0);

            read("TOTAL", "9");
            assertEquals("TOTAL CUBIC_METRE SUSPECT NEGATIVE", words(update(socket.next())));
            // The other counter's newest reading is no news.
            read("REVERSE", "1");
            assertEquals("REVERSE CUBIC_METRE VALID null", words(update(socket.next())));
            assertTrue(socket.isSilentFor(Duration.ofSeconds(1)));
        }
    }

    @Test
    void aJudgementThatChangesIsNewsAndALateReadingIsNot() throws Exception {
        read("TOTAL", "10");
        Instant between = at.plusSeconds(30);
        at = at.plusSeconds(3600);
        read("TOTAL", "60");
        try (var socket = watching(company.technician(), meter)) {
            assertEquals("TOTAL CUBIC_METRE VALID null", words(update(socket.next())));
            record("TOTAL", "10.2", between);
            assertTrue(socket.isSilentFor(Duration.ofSeconds(1)));
            // Three minutes before the newest it stood higher already, so the newest cannot be.
            record("TOTAL", "100", at.minusSeconds(180));
            JsonObject doubted = update(socket.next());
            assertEquals("TOTAL CUBIC_METRE SUSPECT NEGATIVE", words(doubted));
            assertTrue(doubted.getString("value").startsWith("60"));
        }
    }

    /** Hints that were lost while the listening connection was away must not cost the watcher the reading. */
    @Test
    void whatCameWhileTheListenerWasAwayIsShownAfterwards() throws Exception {
        read("TOTAL", "1");
        try (var socket = watching(company.manager(), meter)) {
            update(socket.next());
            database.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND query ILIKE 'LISTEN%'")
                    .execute()
                    .await()
                    .indefinitely();
            read("TOTAL", "2");
            assertTrue(update(socket.next(Duration.ofSeconds(30)))
                    .getString("value")
                    .startsWith("2"));
        }
    }

    @Test
    void aNeighbourHearsNothingAndAResidentIsRefused() throws Exception {
        try (var neighbour = watching(TestTenants.fresh().manager(), meter);
                var resident = watching(company.resident(), meter)) {
            assertTrue(resident.next().encode().contains("FORBIDDEN"));
            read("TOTAL", "3");
            assertTrue(neighbour.isSilentFor(Duration.ofSeconds(2)));
        }
    }

    private String register(String kind, String serial) {
        return technician
                .ask("mutation{r:registerDevice(input:{kind:" + kind + ",serialNo:\"" + serial + "\"}){device{id}}}")
                .getString("r.device.id");
    }

    private void read(String register, String value) {
        at = at.plusSeconds(600);
        record(register, value, at);
    }

    private void record(String register, String value, Instant when) {
        technician.ask(
                READ,
                "d",
                meter,
                "r",
                Map.of("register", register, "value", value, "readAt", when.toString(), "reason", "test"));
    }

    private static GraphQLSocket watching(String token, String meter) throws InterruptedException {
        GraphQLSocket socket = GraphQLSocket.greeted(token);
        socket.subscribe(
                "1",
                "subscription{meterReadingUpdates(deviceIds:[\"" + meter
                        + "\"]){deviceId register value unit readAt receivedAt quality finding}}");
        return socket;
    }

    private static JsonObject update(JsonObject message) {
        assertEquals("next", message.getString("type"), message::encode);
        return message.getJsonObject("payload").getJsonObject("data").getJsonObject("meterReadingUpdates");
    }

    private static String words(JsonObject update) {
        return update.getString("register") + " " + update.getString("unit") + " " + update.getString("quality") + " "
                + update.getString("finding");
    }
}
