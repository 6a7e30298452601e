package cloud.wuye.device.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was used at a service point, whichever meters served it. */
@QuarkusTest
class ServicePointConsumptionTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z"); // in Shanghai
    private static final String SERIES =
            "query($by:ConsumptionPeriod!,$from:Date!,$to:Date!){meters{nodes{consumption(by:$by,from:$from,to:$to)"
                    + "{zone total points{start quantity complete interpolated}}}}}";

    @Inject
    TestMeters meters;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph technician;
    private Graph manager;

    @BeforeEach
    void freshCompany() {
        clock.set(NOON);
        company = TestTenants.fresh();
        technician = Graph.as(company.technician());
        manager = Graph.as(company.manager());
    }

    @AfterEach
    void clock() {
        clock.reset();
    }

    @Test
    void whatIsNotKnownIsAbsentAndNotZero() {
        String meter = meters.register(company, "M1");
        meters.store(List.of(
                meters.reading(company, meter, NOON.minus(Duration.ofHours(6)), "10"),
                meters.reading(company, meter, NOON.minus(Duration.ofHours(5)), "10"),
                meters.reading(company, meter, NOON.minus(Duration.ofHours(2)), "16.0001")));

        JsonPath hours = technician.ask(SERIES, "by", "HOUR", "from", "2026-11-20", "to", "2026-11-21");

        String series = "meters.nodes[0].consumption.";
        assertEquals("Asia/Shanghai", hours.getString(series + "zone"));
        List<Object> used = hours.getList(series + "points.quantity");
        assertEquals(24, used.size());
        assertEquals("2026-11-19T16:00:00Z", hours.getString(series + "points[0].start"));
        assertNull(used.get(5));
        assertEquals("0.0000", String.valueOf(used.get(6)));
        assertEquals(
                List.of("2.0000", "2.0001", "2.0000"),
                used.subList(7, 10).stream().map(String::valueOf).toList());
        assertNull(used.get(10));
        assertEquals(
                List.of(false, true, true, false),
                hours.getList(series + "points.interpolated").subList(6, 10));
        assertEquals("6.0001", hours.getString(series + "total"));
        JsonPath days = technician.ask(SERIES, "by", "DAY", "from", "2026-11-19", "to", "2026-11-22");
        assertEquals("[null, 6.0001, null]", String.valueOf(days.getList(series + "points.quantity")));
        JsonPath months = technician.ask(SERIES, "by", "MONTH", "from", "2026-10-01", "to", "2026-12-01");
        assertEquals("[null, 6.0001]", String.valueOf(months.getList(series + "points.quantity")));
        assertEquals(false, months.getBoolean(series + "points[1].complete"));
    }

    /** What two meters of one point counted would be one consumption, and only one of them would be charged. */
    @Test
    void aPointIsServedByOneMeterAtATime() {
        String first = meters.register(company, "FIRST");
        String second = meters.register(company, "SECOND");
        String install =
                "mutation($d:ID!,$p:ID){installMeter(deviceId:$d servicePointId:$p fitting:{register:\"0\"}){id}}";
        var refused = technician.refused("POINT_SERVED", install, "d", second, "p", first);
        assertEquals("servicePointId", refused.getString("errors[0].extensions.field"));
        technician.ask(install, "d", first, "p", first);
        technician.refused("POINT_SERVED", install, "d", second, "p", first);
        technician.refused("METER_INSTALLED", install, "d", first, "p", first);
        technician.ask("mutation($d:ID!){removeMeter(deviceId:$d removal:{register:\"0\"}){id}}", "d", first);
        technician.ask(install, "d", second, "p", first);
        technician.refused("POINT_SERVED", install, "d", first);
        technician.ask(install, "d", first, "p", second);
    }

    @Test
    void aReplacedMeterGoesOnCountingForItsServicePoint() {
        String old = meters.register(company, "OLD");
        String next = meters.register(company, "NEW");
        meters.store(List.of(
                meters.reading(company, old, NOON.minus(Duration.ofHours(4)), "500"),
                meters.reading(company, old, NOON.minus(Duration.ofHours(3)), "510")));
        String replace = "mutation($old:ID!,$new:ID!,$last:Decimal!){r:replaceMeter(deviceId:$old,replacementId:$new,"
                + "removal:{register:$last,at:\"2026-11-20T02:00:00Z\",reason:\"broken\"},fitting:{register:\"7\",ctRatio:\"30\"})"
                + "{servicePointId deviceId installedAt ctRatio}}";
        technician.refused("READING_IMPLAUSIBLE", replace, "old", old, "new", next, "last", "400");
        JsonPath done = technician.ask(replace, "old", old, "new", next, "last", "512");
        assertEquals(old, done.getString("r.servicePointId"));
        meters.store(List.of(
                meters.reading(company, next, NOON.minus(Duration.ofHours(1)), "7.5"),
                meters.reading(company, old, NOON.minus(Duration.ofMinutes(30)), "530")));

        JsonPath point = technician.ask(
                "query($id:ID!){c:servicePointConsumption(servicePointId:$id,by:DAY,from:\"2026-11-20\",to:\"2026-11-21\"){total}}",
                "id",
                old);

        assertEquals("27.0000", point.getString("c.total"));
        JsonPath readings = technician.ask(
                "query($id:ID!){meterReadings(filter:{deviceId:$id}){nodes{value origin quality finding}}}", "id", old);
        assertEquals("[SUSPECT, VALID, VALID, VALID]", String.valueOf(readings.getList("meterReadings.nodes.quality")));
        assertEquals("NOT_INSTALLED", readings.getString("meterReadings.nodes[0].finding"));
        assertEquals("FINAL", readings.getString("meterReadings.nodes[1].origin"));
        assertTrue(manager.ask("{auditEntries(filter:{act:\"meter.\"}){nodes{act reason}}}")
                .getList("auditEntries.nodes.act")
                .containsAll(List.of("meter.remove", "meter.replace")));
        technician.refused("METER_NOT_INSTALLED", removal(), "id", old);
        technician.refused(
                "METER_INSTALLED",
                "mutation($id:ID!){installMeter(deviceId:$id,fitting:{register:\"1\"}){id}}",
                "id",
                next);
    }

    private static String removal() {
        return "mutation($id:ID!){removeMeter(deviceId:$id,removal:{register:\"1\"}){id}}";
    }
}
