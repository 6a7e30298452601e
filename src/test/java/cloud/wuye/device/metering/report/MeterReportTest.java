package cloud.wuye.device.metering.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.device.metering.account.BillingMode;
import cloud.wuye.device.metering.account.PostpaidMeters;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures of meters for reports, at set times in Shanghai. */
@QuarkusTest
class MeterReportTest {
    @Inject
    PostpaidMeters meters;

    @Inject
    Clock clock;

    private TestTenant company;
    private UUID meter;
    private UUID water;

    @BeforeEach
    void twoMeters() {
        clock.set(Instant.parse("2026-10-30T00:00:00Z"));
        company = TestTenants.fresh();
        meter = meters.meter(company, Commodity.ELECTRICITY);
        water = meters.meter(company, Commodity.WATER);
        UUID plan = meters.plan(company, Commodity.ELECTRICITY, LocalDate.parse("2026-10-20"), "0.5", "0");
        // Midnights in Shanghai: all of a day's use is that day's.
        meters.read(company, meter, Instant.parse("2026-10-30T16:00:00Z"), "100");
        meters.open(company, meter, Commodity.ELECTRICITY, plan, BillingMode.POSTPAID);
        meters.read(company, meter, Instant.parse("2026-10-31T16:00:00Z"), "110");
        meters.read(company, meter, Instant.parse("2026-11-01T16:00:00Z"), "130");
        meters.read(company, meter, Instant.parse("2026-11-02T03:00:00Z"), "135");
        clock.set(Instant.parse("2026-11-02T04:00:00Z"));
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void consumptionByTheDayAndByTheMonth() {
        JsonPath days = ask(
                "{r:consumptionRecords(filter:{deviceId:\"" + meter + "\"}){nodes{day quantity meterNo register}}}");
        assertEquals(List.of("2026-11-02", "2026-11-01", "2026-10-31"), days.getList("r.nodes.day"));
        assertEquals(List.of("5.0000", "20.0000", "10.0000"), days.getList("r.nodes.quantity"));
        JsonPath months = ask("{r:consumptionRecords(filter:{by:MONTH deviceId:\"" + meter
                + "\"} direction:ASC){nodes{day quantity}}}");
        assertEquals(List.of("2026-10-01", "2026-11-01"), months.getList("r.nodes.day"));
        assertEquals(List.of("10.0000", "25.0000"), months.getList("r.nodes.quantity"));
        JsonPath october = ask(
                "{r:consumptionRecords(filter:{kind:ELECTRICITY_METER from:\"2026-10-01\" to:\"2026-11-01\"}){nodes{quantity}}}");
        assertEquals(List.of("10.0000"), october.getList("r.nodes.quantity"));
        assertEquals(
                List.of(),
                ask("{r:consumptionRecords(filter:{kind:WATER_METER}){nodes{day}}}")
                        .getList("r.nodes"));
    }

    @Test
    void allFiguresOfAMeterSideBySide() {
        JsonPath both = ask(
                "{r:meterDetails(sort:CREATED_AT){nodes{deviceId connectivity figures{register value readAt} usedToday"
                        + " usedThisMonth mode unit credit desired reported}}}");
        assertEquals(List.of(meter.toString(), water.toString()), both.getList("r.nodes.deviceId"));
        assertEquals(List.of("TOTAL"), both.getList("r.nodes[0].figures.register"));
        assertEquals("135.0000", both.getString("r.nodes[0].figures[0].value"));
        assertEquals("5.0000", both.getString("r.nodes[0].usedToday"));
        assertEquals("25.0000", both.getString("r.nodes[0].usedThisMonth"));
        assertEquals("POSTPAID", both.getString("r.nodes[0].mode"));
        assertEquals("-17.500000", both.getString("r.nodes[0].credit"));
        assertEquals("ON", both.getString("r.nodes[0].desired"));
        assertEquals("UNKNOWN", both.getString("r.nodes[0].connectivity"));
        assertNull(both.getString("r.nodes[1].mode"));
        assertEquals(List.of(), both.getList("r.nodes[1].figures"));
        assertEquals(
                List.of(meter.toString()),
                ask("{r:meterDetails(filter:{mode:POSTPAID}){nodes{deviceId}}}").getList("r.nodes.deviceId"));
        Graph.as(company.resident()).refused("FORBIDDEN", "{meterDetails{nodes{deviceId}}}");
    }

    private JsonPath ask(String query) {
        return Graph.as(company.technician()).ask(query);
    }
}
