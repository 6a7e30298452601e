package cloud.wuye.device.metering.water;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nights of water meters at set times; suspect is 5 litres in each hour from 1 to 5, three nights in a row. */
@QuarkusTest
class LeakSuspicionTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate DAY = LocalDate.parse("2026-11-02");
    private static final String LEAKS =
            "query($d:ID!){l:leakSuspicions(filter:{deviceId:$d}){nodes{openedAt firstNight lastNight nights leastFlow closedAt}}}";

    @Inject
    PostpaidMeters meters;

    @Inject
    LookForLeaks look;

    @Inject
    Clock clock;

    private TestTenant company;
    private UUID meter;
    private BigDecimal counter = new BigDecimal("100");

    @BeforeEach
    void aWaterMeter() {
        clock.set(at(0, 0));
        company = TestTenants.fresh();
        meter = meters.meter(company, Commodity.WATER);
        JsonPath set = technician().ask("mutation{p:setLeakPolicy(input:{threshold:\"0.005\" nights:3}){nextLookAt}}");
        assertEquals(at(0, 8), Instant.parse(set.getString("p.nextLookAt")));
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void threeNightsOfFlowOpenItAndOnlyAQuietHourClosesIt() throws Throwable {
        night(0, "0.0060", "0.0060", "0.0060", "0.0060");
        night(1, "0.0060", "0.0050", "0.0060", "0.0070");
        assertEquals(List.of(), leaks().getList("l.nodes"));
        night(2, "0.0060", "0.0060", "0.0060", "0.0060");
        JsonPath open = leaks();
        assertEquals(List.of(3), open.getList("l.nodes.nights"));
        assertEquals("2026-11-02", open.getString("l.nodes[0].firstNight"));
        assertEquals("2026-11-04", open.getString("l.nodes[0].lastNight"));
        assertEquals("0.0050", open.getString("l.nodes[0].leastFlow"));
        assertEquals(at(2, 8), Instant.parse(open.getString("l.nodes[0].openedAt")));

        // Less than the threshold, not less than half of it: it stays as it is.
        night(3, "0.0040", "0.0060", "0.0060", "0.0060");
        assertNull(leaks().getString("l.nodes[0].closedAt"));
        night(4, "0.0060", "0.0060", "0.0060", "0.0060");
        assertEquals(List.of(4), leaks().getList("l.nodes.nights"));
        night(5, "0.0060", "0.0000", "0.0060", "0.0060");
        assertNotNull(leaks().getString("l.nodes[0].closedAt"));

        // And three more for the next.
        night(6, "0.0060", "0.0060", "0.0060", "0.0060");
        night(7, "0.0060", "0.0060", "0.0060", "0.0060");
        assertEquals(1, leaks().getList("l.nodes").size());
        night(8, "0.0060", "0.0060", "0.0060", "0.0060");
        assertEquals(2, leaks().getList("l.nodes").size());
    }

    /** A night without readings says nothing: no flow is seen, and none is denied. */
    @Test
    void hoursWithoutReadingsAreNotZeroAndInterpolatedOnesAreNoFlow() throws Throwable {
        night(0, "0.0060", "0.0060", "0.0060", "0.0060");
        night(1, "0.0060", "0.0060", "0.0060", "0.0060");
        clock.set(at(2, 9));
        subscribeAndAwait(look::now);
        assertEquals(List.of(), leaks().getList("l.nodes"));
        // The first reading of this night spreads a day over hours that had none of their own.
        night(3, "0.0060", "0.0060", "0.0060", "0.0060");
        assertEquals(List.of(3), leaks().getList("l.nodes.nights"));
        clock.set(at(4, 9));
        subscribeAndAwait(look::now);
        assertNull(leaks().getString("l.nodes[0].closedAt"));
    }

    @Test
    void aMeterReadOnceADayIsNeverSuspected() throws Throwable {
        for (int day = 0; day < 6; day++) {
            clock.set(at(day, 9));
            counter = counter.add(BigDecimal.ONE);
            meters.read(company, meter, at(day, 7), counter.toPlainString());
            subscribeAndAwait(look::now);
        }
        assertEquals(List.of(), leaks().getList("l.nodes"));
    }

    /** The counter at 1, 2, 3, 4 and 5 o'clock, and what the ticker makes of it; twice, as of two replicas. */
    private void night(int day, String... flows) throws Throwable {
        meters.read(company, meter, at(day, 1), counter.toPlainString());
        for (int i = 0; i < flows.length; i++) {
            counter = counter.add(new BigDecimal(flows[i]));
            meters.read(company, meter, at(day, i + 2), counter.toPlainString());
        }
        clock.set(at(day, 8));
        subscribeAndAwait(look::now);
        subscribeAndAwait(look::now);
    }

    private static Instant at(int day, int hour) {
        return DAY.plusDays(day).atTime(hour, 0).atZone(SHANGHAI).toInstant();
    }

    private JsonPath leaks() {
        return technician().ask(LEAKS, "d", meter.toString());
    }

    private Graph technician() {
        return Graph.as(company.technician());
    }
}
