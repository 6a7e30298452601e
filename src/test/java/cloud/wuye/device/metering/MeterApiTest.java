package cloud.wuye.device.metering;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.StatementTap;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(StatementTap.Servers.class)
class MeterApiTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z"); // in Shanghai
    private static final String PAGE =
            "{meters(first:50){nodes{serialNo space{name} readings(first:5){value readAt quality}}}}";
    private static final String SERIES =
            "query($by:ConsumptionPeriod!,$from:Date!,$to:Date!){meters{nodes{consumption(by:$by,from:$from,to:$to)"
                    + "{zone total points{start quantity complete interpolated}}}}}";

    @Inject
    Db db;

    @Inject
    RecordReadings recordReadings;

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
    void pageOfFiftyMetersWithSpaceAndNewestFiveReadingsCostsThreeStatements() throws Throwable {
        String space = manager.ask("mutation{s:createSpace(input:{kind:\"COMMUNITY\",name:\"Lake\"}){id}}")
                .getString("s.id");
        List<RegisterReading> readings = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String meter = register("M" + (100 + i));
            technician.ask(
                    "mutation($id:ID!,$space:ID){assignDevice(id:$id,version:0,spaceId:$space){id}}",
                    "id",
                    meter,
                    "space",
                    space);
            for (int k = 0; k < 8; k++) {
                readings.add(reading(meter, NOON.minus(Duration.ofMinutes(15L * k)), String.valueOf(100 - k)));
            }
        }
        Collections.shuffle(readings);
        store(readings);
        technician.ask(PAGE);
        StatementTap.clear();

        JsonPath page = technician.ask(PAGE);

        assertEquals(3, StatementTap.work().size(), () -> String.join("\n\n", StatementTap.work()));
        assertEquals(50, page.getList("meters.nodes").size());
        assertEquals("Lake", page.getString("meters.nodes[49].space.name"));
        assertEquals(
                List.of("100.0000", "99.0000", "98.0000", "97.0000", "96.0000"),
                page.getList("meters.nodes[17].readings.value").stream()
                        .map(String::valueOf)
                        .toList());
    }

    @Test
    void aFieldAskedForTwiceDifferentlyIsAnsweredTwice() throws Throwable {
        List<RegisterReading> readings = new ArrayList<>();
        for (String meter : List.of(register("M1"), register("M2"))) {
            for (int k = 0; k < 4; k++) {
                readings.add(reading(meter, NOON.minus(Duration.ofMinutes(15L * k)), String.valueOf(100 - k)));
            }
        }
        store(readings);

        JsonPath page =
                technician.ask("{meters(first:2){nodes{one:readings(first:1){value} three:readings(first:3){value}}}}");

        for (int meter = 0; meter < 2; meter++) {
            assertEquals(List.of("100.0000"), page.getList("meters.nodes[" + meter + "].one.value"));
            assertEquals(
                    List.of("100.0000", "99.0000", "98.0000"), page.getList("meters.nodes[" + meter + "].three.value"));
        }
    }

    /** They are looked for among those of some days first, and only for who has too few there among all. */
    @Test
    void theNewestReadingsAreFoundHoweverFarApart() throws Throwable {
        String often = register("M1");
        String seldom = register("M2");
        String longAgo = register("M3");
        register("M4");
        List<RegisterReading> readings = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            readings.add(reading(often, NOON.minus(Duration.ofMinutes(15L * k)), String.valueOf(100 - k)));
        }
        for (int days : List.of(0, 3, 10, 45, 100, 200)) {
            readings.add(reading(seldom, NOON.minus(Duration.ofDays(days)), String.valueOf(1000 - days)));
        }
        readings.add(reading(longAgo, NOON.minus(Duration.ofDays(300)), "7"));
        Collections.shuffle(readings);
        store(readings);

        JsonPath page = technician.ask(
                "{meters(first:4 sort:SERIAL_NO direction:ASC){nodes{serialNo latestReading{value} readings(first:4){value}}}}");

        assertEquals(List.of("M1", "M2", "M3", "M4"), page.getList("meters.nodes.serialNo"));
        assertEquals(
                List.of("100.0000", "99.0000", "98.0000", "97.0000"), page.getList("meters.nodes[0].readings.value"));
        assertEquals(
                List.of("1000.0000", "997.0000", "990.0000", "955.0000"),
                page.getList("meters.nodes[1].readings.value"));
        assertEquals(List.of("7.0000"), page.getList("meters.nodes[2].readings.value"));
        assertEquals(List.of(), page.getList("meters.nodes[3].readings.value"));
        assertEquals("1000.0000", page.getString("meters.nodes[1].latestReading.value"));
        assertEquals("7.0000", page.getString("meters.nodes[2].latestReading.value"));
        assertNull(page.getString("meters.nodes[3].latestReading"));
    }

    @Test
    void whatIsNotKnownIsAbsentAndNotZero() throws Throwable {
        String meter = register("M1");
        store(List.of(
                reading(meter, NOON.minus(Duration.ofHours(6)), "10"),
                reading(meter, NOON.minus(Duration.ofHours(5)), "10"),
                reading(meter, NOON.minus(Duration.ofHours(2)), "16.0001")));

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
        String first = register("FIRST");
        String second = register("SECOND");
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
    void aReplacedMeterGoesOnCountingForItsServicePoint() throws Throwable {
        String old = register("OLD");
        String next = register("NEW");
        store(List.of(
                reading(old, NOON.minus(Duration.ofHours(4)), "500"),
                reading(old, NOON.minus(Duration.ofHours(3)), "510")));
        String replace = "mutation($old:ID!,$new:ID!,$last:Decimal!){r:replaceMeter(deviceId:$old,replacementId:$new,"
                + "removal:{register:$last,at:\"2026-11-20T02:00:00Z\",reason:\"broken\"},fitting:{register:\"7\",ctRatio:\"30\"})"
                + "{servicePointId deviceId installedAt ctRatio}}";
        technician.refused("READING_IMPLAUSIBLE", replace, "old", old, "new", next, "last", "400");
        JsonPath done = technician.ask(replace, "old", old, "new", next, "last", "512");
        assertEquals(old, done.getString("r.servicePointId"));
        store(List.of(
                reading(next, NOON.minus(Duration.ofHours(1)), "7.5"),
                reading(old, NOON.minus(Duration.ofMinutes(30)), "530")));

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

    @Test
    void aManualReadingShowsWhereItsPictureIsAndOddPlacesAreRefused() throws Throwable {
        String meter = register("P1");
        store(List.of(reading(meter, NOON.minus(Duration.ofHours(2)), "100")));
        String read = "mutation($id:ID!,$value:Decimal!,$photo:String){r:recordManualReading(deviceId:$id,"
                + "reading:{value:$value,reason:\"round\",photo:$photo}){photo}}";
        String address = "https://pictures.example/2026/11/m1.jpg?v=2";
        assertEquals(
                address,
                technician
                        .ask(read, "id", meter, "value", "101", "photo", address)
                        .getString("r.photo"));
        assertEquals(
                "readings/2026/m1.jpg",
                technician
                        .ask(read, "id", meter, "value", "101.1", "photo", "readings/2026/m1.jpg")
                        .getString("r.photo"));
        for (String odd : List.of(
                "http://pictures.example/m1.jpg",
                "https://me:secret@pictures.example/m1.jpg",
                "https://pictures.example/a b.jpg",
                "javascript:alert(1)",
                "../m1.jpg",
                "a/../m1.jpg",
                "",
                "https://pictures.example/" + "x".repeat(500))) {
            technician.refused("VALIDATION", read, "id", meter, "value", "101.2", "photo", odd);
        }
        assertEquals(
                List.of("readings/2026/m1.jpg", address),
                technician
                        .ask(
                                "query($id:ID!){meterReadings(filter:{deviceId:$id,origins:[MANUAL]}){nodes{photo}}}",
                                "id",
                                meter)
                        .<String>getList("meterReadings.nodes.photo"));
    }

    @Test
    void aManualReadingNeedsAReasonAndIsJudgedLikeAnyOther() throws Throwable {
        String meter = register("M1");
        store(List.of(reading(meter, NOON.minus(Duration.ofHours(2)), "100")));
        String read = "mutation($id:ID!,$value:Decimal!,$reason:String!){r:recordManualReading(deviceId:$id,"
                + "reading:{value:$value,reason:$reason}){quality finding origin reason}}";
        technician.refused("VALIDATION", read, "id", meter, "value", "101", "reason", " ");
        assertEquals(
                "VALID",
                technician
                        .ask(read, "id", meter, "value", "101.5", "reason", "radio is down")
                        .getString("r.quality"));
        assertEquals(
                "NEGATIVE",
                technician
                        .ask(read, "id", meter, "value", "99", "reason", "again")
                        .getString("r.finding"));
        technician.refused("NOT_FOUND", read, "id", Ids.next().toString(), "value", "1", "reason", "x");
        Graph.as(TestTenants.fresh().technician()).refused("NOT_FOUND", read, "id", meter, "value", "1", "reason", "x");
        assertEquals(
                "100.0000",
                String.valueOf(technician
                        .ask("{meters{nodes{readings(first:9){value}}}}")
                        .<Object>getList("meters.nodes[0].readings.value")
                        .get(2)));
    }

    @Test
    void readingsArePagedAndFiltered() throws Throwable {
        String meter = register("M1");
        List<RegisterReading> readings = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            readings.add(reading(meter, NOON.minus(Duration.ofMinutes(10L * i)), String.valueOf(i == 4 ? 1 : 100 - i)));
        }
        store(readings);
        String query =
                "query($id:ID!,$after:String,$q:[ReadingQuality]){p:meterReadings(filter:{deviceId:$id,qualities:$q},first:4,after:$after)"
                        + "{nodes{value} pageInfo{endCursor hasNextPage}}}";
        JsonPath first = technician.ask(query, "id", meter);
        JsonPath second = technician.ask(query, "id", meter, "after", first.getString("p.pageInfo.endCursor"));
        assertEquals("[100.0000, 99.0000, 98.0000, 97.0000]", String.valueOf(first.getList("p.nodes.value")));
        assertEquals("[1.0000, 95.0000, 94.0000, 93.0000]", String.valueOf(second.getList("p.nodes.value")));
        assertEquals(
                "[1.0000]",
                String.valueOf(technician
                        .ask(query, "id", meter, "q", List.of("SUSPECT"))
                        .getList("p.nodes.value")));
    }

    private static String removal() {
        return "mutation($id:ID!){removeMeter(deviceId:$id,removal:{register:\"1\"}){id}}";
    }

    private String register(String serial) {
        return technician
                .ask(
                        "mutation($input:DeviceInput!){r:registerDevice(input:$input){device{id}}}",
                        "input",
                        Map.of("kind", "ELECTRICITY_METER", "serialNo", serial))
                .getString("r.device.id");
    }

    private RegisterReading reading(String meter, Instant at, String value) {
        return new RegisterReading(
                company.id(),
                UUID.fromString(meter),
                MeterRegister.TOTAL,
                Ids.next(),
                new BigDecimal(value),
                at,
                at,
                at,
                false,
                ReadingOrigin.PUSHED,
                null);
    }

    private void store(List<RegisterReading> readings) throws Throwable {
        subscribeAndAwait(() -> db.acrossTenants("test", tx -> recordReadings.store(tx, readings)));
    }
}
