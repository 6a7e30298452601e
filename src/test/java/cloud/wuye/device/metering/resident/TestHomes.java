package cloud.wuye.device.metering.resident;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Homes with people and meters in them, for tests elsewhere. */
@ApplicationScoped
public class TestHomes {
    private final TestDevices tables;

    TestHomes(TestDevices tables) {
        this.tables = tables;
    }

    /** A space of this name; its id. */
    public String home(TestTenant company, String name) {
        return Graph.as(company.manager())
                .ask("mutation($n:String!){createSpace(input:{kind:\"COMMUNITY\" name:$n}){id}}", "n", name)
                .getString("createSpace.id");
    }

    /** The meter stands there from now on. */
    public void hang(TestTenant company, UUID meter, String home) {
        Graph.as(company.manager())
                .ask(
                        "mutation($d:ID!,$s:ID!){assignDevice(id:$d version:0 spaceId:$s){id}}",
                        "d",
                        meter.toString(),
                        "s",
                        home);
    }

    /** A resident for whom the log-in of this name speaks; their id. Without a Keycloak nobody else can link them. */
    public String person(TestTenant company, String username) {
        String id = Graph.as(company.finance())
                .ask("mutation($n:String!){registerResident(input:{name:$n kind:MEMBER}){resident{id}}}", "n", username)
                .getString("registerResident.resident.id");
        tables.run(
                "UPDATE resident SET username = ?, subject = ? WHERE id = ?",
                username,
                company.subject(username),
                UUID.fromString(id));
        return id;
    }

    /** Somebody moved in then; the id of their stay. */
    public String moveIn(TestTenant company, String person, String home, Instant since) {
        return Graph.as(company.finance())
                .ask(
                        "mutation($i:OccupancyInput!){moveIn(input:$i){id}}",
                        "i",
                        Map.of("residentId", person, "spaceId", home, "role", "LESSEE", "since", since.toString()))
                .getString("moveIn.id");
    }

    /** They leave now. */
    public void moveOut(TestTenant company, String stay) {
        Graph.as(company.finance()).ask("mutation($i:ID!){moveOut(id:$i){id}}", "i", stay);
    }
}
