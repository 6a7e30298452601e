package cloud.wuye.device.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.StatementTap;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Meters and what was read of them, as people see it. */
@QuarkusTest
@WithTestResource(StatementTap.Servers.class)
class MeterApiTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z"); // in Shanghai
    private static final String PAGE =
            "{meters(first:50){nodes{serialNo space{name} readings(first:5){value readAt quality}}}}";

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
    void pageOfFiftyMetersWithSpaceAndNewestFiveReadingsCostsThreeStatements() {
        String space = manager.ask("mutation{s:createSpace(input:{kind:\"COMMUNITY\",name:\"Lake\"}){id}}")
                .getString("s.id");
        List<RegisterReading> readings = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String meter = meters.register(company, "M" + (100 + i));
            technician.ask(
                    "mutation($id:ID!,$space:ID){assignDevice(id:$id,version:0,spaceId:$space){id}}",
                    "id",
                    meter,
                    "space",
                    space);
            for (int k = 0; k < 8; k++) {
                readings.add(meters.reading(
                        company, meter, NOON.minus(Duration.ofMinutes(15L * k)), String.valueOf(100 - k)));
            }
        }
        Collections.shuffle(readings);
        meters.store(readings);
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
    void aFieldAskedForTwiceDifferentlyIsAnsweredTwice() {
        List<RegisterReading> readings = new ArrayList<>();
        for (String meter : List.of(meters.register(company, "M1"), meters.register(company, "M2"))) {
            for (int k = 0; k < 4; k++) {
                readings.add(meters.reading(
                        company, meter, NOON.minus(Duration.ofMinutes(15L * k)), String.valueOf(100 - k)));
            }
        }
        meters.store(readings);

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
    void theNewestReadingsAreFoundHoweverFarApart() {
        String often = meters.register(company, "M1");
        String seldom = meters.register(company, "M2");
        String longAgo = meters.register(company, "M3");
        meters.register(company, "M4");
        List<RegisterReading> readings = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            readings.add(
                    meters.reading(company, often, NOON.minus(Duration.ofMinutes(15L * k)), String.valueOf(100 - k)));
        }
        for (int days : List.of(0, 3, 10, 45, 100, 200)) {
            readings.add(
                    meters.reading(company, seldom, NOON.minus(Duration.ofDays(days)), String.valueOf(1000 - days)));
        }
        readings.add(meters.reading(company, longAgo, NOON.minus(Duration.ofDays(300)), "7"));
        Collections.shuffle(readings);
        meters.store(readings);

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
    void aManualReadingShowsWhereItsPictureIsAndOddPlacesAreRefused() {
        String meter = meters.register(company, "P1");
        meters.store(List.of(meters.reading(company, meter, NOON.minus(Duration.ofHours(2)), "100")));
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
    void aManualReadingNeedsAReasonAndIsJudgedLikeAnyOther() {
        String meter = meters.register(company, "M1");
        meters.store(List.of(meters.reading(company, meter, NOON.minus(Duration.ofHours(2)), "100")));
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
    void readingsArePagedAndFiltered() {
        String meter = meters.register(company, "M1");
        List<RegisterReading> readings = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            readings.add(meters.reading(
                    company, meter, NOON.minus(Duration.ofMinutes(10L * i)), String.valueOf(i == 4 ? 1 : 100 - i)));
        }
        meters.store(readings);
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
}
