package cloud.wuye.device.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A counter that says what cannot be is somebody's business once, until it is plausible again. */
@QuarkusTest
class MeterAnomalyTest {
    private static final String LIST =
            "query($f:MeterAnomalyFilterInput){meterAnomalies(filter:$f){nodes{deviceId register finding value readAt endedAt}}}";
    private static final String OPEN =
            "query($d:ID!){device(id:$d){openAnomalies{register finding value readAt foundAt endedAt}}}";

    private TestTenant company;
    private Graph technician;
    private String meter;
    private Instant start;

    @BeforeEach
    void aMeter() {
        company = TestTenants.fresh();
        technician = Graph.as(company.technician());
        meter = technician
                .ask("mutation{r:registerDevice(input:{kind:ELECTRICITY_METER,serialNo:\"E\"}){device{id}}}")
                .getString("r.device.id");
        start = Instant.now().minus(Duration.ofDays(2)).truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    @Test
    void theFirstSuspectReadingOpensItAndAPlausibleOneEndsIt() {
        read("TOTAL", "100", 0);
        assertEquals(List.of(), open().getList("device.openAnomalies"));
        read("TOTAL", "90", 10);
        read("TOTAL", "91", 20);
        JsonPath seen = open();
        assertEquals(List.of("NEGATIVE"), seen.getList("device.openAnomalies.finding"));
        assertEquals("TOTAL", seen.getString("device.openAnomalies[0].register"));
        assertEquals("90.0000", seen.getString("device.openAnomalies[0].value"));
        assertEquals(start.plusSeconds(600), Instant.parse(seen.getString("device.openAnomalies[0].readAt")));
        assertNotNull(seen.getString("device.openAnomalies[0].foundAt"));
        assertEquals(1, list(Map.of("open", true)).size());

        read("TOTAL", "101", 30);
        assertEquals(List.of(), open().getList("device.openAnomalies"));
        assertEquals(List.of(), list(Map.of("open", true)));
        assertEquals(1, list(Map.of("open", false)).size());

        read("TOTAL", "9000", 40);
        assertEquals(List.of("JUMP"), open().getList("device.openAnomalies.finding"));
        JsonPath all = technician.ask(LIST, "f", Map.of("deviceId", meter));
        assertEquals(List.of("JUMP", "NEGATIVE"), all.getList("meterAnomalies.nodes.finding"));
        assertNull(all.getString("meterAnomalies.nodes[0].endedAt"));
        assertNotNull(all.getString("meterAnomalies.nodes[1].endedAt"));
        assertEquals(1, list(Map.of("findings", List.of("JUMP"))).size());
    }

    @Test
    void eachCounterHasItsOwn() {
        read("TOTAL", "100", 0);
        read("EXPORT", "50", 0);
        read("EXPORT", "40", 10);
        read("TOTAL", "101", 10);
        assertEquals(List.of("EXPORT"), open().getList("device.openAnomalies.register"));
        read("TOTAL", "1", 20);
        assertEquals(List.of("EXPORT", "TOTAL"), open().getList("device.openAnomalies.register"));
    }

    /** A late reading may be what makes the newest one plausible; and one that is itself wrong leaves a trace that is over. */
    @Test
    void lateReadingsAreJudgedWithTheirNeighbours() {
        read("TOTAL", "1000", 0);
        read("TOTAL", "990", 600);
        assertEquals(1, open().getList("device.openAnomalies").size());
        technician.ask(
                "mutation($d:ID!,$r:MeterRemovalInput!){removeMeter(deviceId:$d,removal:$r){id}}",
                "d",
                meter,
                "r",
                Map.of(
                        "register",
                        "1000",
                        "acceptImplausible",
                        true,
                        "reason",
                        "reset",
                        "at",
                        start.plusSeconds(610 * 60).toString()));
        technician.ask(
                "mutation($d:ID!,$i:MeterFittingInput!){installMeter(deviceId:$d fitting:$i){id}}",
                "d",
                meter,
                "i",
                Map.of("at", start.plusSeconds(620 * 60).toString(), "register", "990"));
        read("TOTAL", "991", 630);
        assertEquals(List.of(), open().getList("device.openAnomalies"));
        read("TOTAL", "1", 625);
        assertEquals(List.of(), open().getList("device.openAnomalies"));
        assertEquals(2, list(Map.of("open", false)).size());
    }

    @Test
    void aNeighbourSeesNoneAndAResidentIsRefused() {
        read("TOTAL", "100", 0);
        read("TOTAL", "9", 10);
        Graph neighbour = Graph.as(TestTenants.fresh().manager());
        assertEquals(
                List.of(), neighbour.ask(LIST, "f", Map.of("deviceId", meter)).getList("meterAnomalies.nodes"));
        Graph.as(company.resident()).refused("FORBIDDEN", LIST, "f", null);
    }

    private List<Object> list(Map<String, Object> filter) {
        return technician.ask(LIST, "f", filter).getList("meterAnomalies.nodes");
    }

    private JsonPath open() {
        return technician.ask(OPEN, "d", meter);
    }

    private void read(String register, String value, int minute) {
        technician.ask(
                "mutation($d:ID!,$r:ManualReadingInput!){recordManualReading(deviceId:$d,reading:$r){quality}}",
                "d",
                meter,
                "r",
                Map.of(
                        "register",
                        register,
                        "value",
                        value,
                        "readAt",
                        start.plusSeconds(minute * 60L).toString(),
                        "reason",
                        "test"));
    }
}
