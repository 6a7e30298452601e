package cloud.wuye.device.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.StatementTap;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of meters with their places and readings costs the same three statements, however many meters are on it. */
@QuarkusTest
@WithTestResource(StatementTap.Servers.class)
class PageStatementsTest {
    private static final String PAGE =
            "query($n:Int!){meters(first:$n){nodes{serialNo space{name} readings(first:5){value readAt}}}}";
    private static final int METERS = 12;

    private Graph technician;

    @BeforeEach
    void aLakeWithTwelveMeters() {
        TestTenant company = TestTenants.fresh();
        technician = Graph.as(company.technician());
        String lake = Graph.as(company.manager())
                .ask("mutation{s:createSpace(input:{kind:\"COMMUNITY\",name:\"Lake\"}){id}}")
                .getString("s.id");
        for (int i = 0; i < METERS; i++) {
            technician.ask(
                    "mutation($i:DeviceInput!){d:registerDevice(input:$i){device{id}}}",
                    "i",
                    Map.of("kind", "ELECTRICITY_METER", "serialNo", "M" + i, "name", "M" + i, "spaceId", lake));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, METERS})
    void aPageOfMetersIsThreeStatementsWhateverItsSize(int size) {
        technician.ask(PAGE, "n", size);
        StatementTap.clear();

        assertEquals(
                size,
                technician
                        .ask(PAGE, "n", size)
                        .getList("meters.nodes.space.name")
                        .size());

        assertEquals(3, StatementTap.work().size(), () -> String.join("\n\n", StatementTap.work()));
    }
}
