package cloud.wuye.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every mutation of the running schema, done once with success, stands in the company's audit log: who, when, what, to what. */
@QuarkusTest
class AuditedTest {
    @Inject
    TestDevices tables;

    private TestTenant company;
    private Set<String> mutations;

    @BeforeEach
    void aCompany() {
        company = TestTenants.fresh();
        mutations = RootField.of(RootField.running(), "Mutation", "mutation").stream()
                .map(RootField::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMutationIsDoneOnceHereOrWithKeycloak() {
        Set<String> tried = new TreeSet<>(new Deeds(company, tables).all().keySet());
        tried.addAll(Deeds.WITH_KEYCLOAK.keySet());
        assertEquals(mutations, tried, "give a new mutation the arguments with which it succeeds");
    }

    @Test
    void everyMutationLeavesAnEntry() {
        // What residents do is done by one who is a manager too, so that one pair of eyes sees all entries.
        Graph doer = Graph.as(company.as("lin", Roles.MANAGER, Roles.RESIDENT));
        List<String> silent = new ArrayList<>();
        for (Map.Entry<String, Supplier<String>> deed :
                new Deeds(company, tables).all().entrySet()) {
            String arguments = deed.getValue().get();
            Set<String> before = new HashSet<>(newest().getList("auditEntries.nodes.id"));
            Instant begun = Instant.now().minus(Duration.ofSeconds(1));
            doer.ask(
                    "mutation{" + deed.getKey() + (arguments.isEmpty() ? "" : "(" + arguments + ")") + "{__typename}}");
            if (!toldOfSince(before, begun)) {
                silent.add(deed.getKey());
            }
        }
        assertEquals(List.of(), silent, "done, and nobody can tell by whom");
        assertEquals(
                List.of(),
                tables.rows(
                        "SELECT DISTINCT act FROM audit_entry WHERE tenant_id = ? AND trace_id IS NULL", company.id()),
                "cannot be found by the trace of the request");
        assertEquals(
                List.of(),
                tables.rows(
                        "SELECT DISTINCT kind FROM outbox_message WHERE tenant_id = ? AND trace_id IS NULL AND kind <> 'nothing'",
                        company.id()));
    }

    @Test
    void soDoesAnImport() {
        Instant begun = Instant.now().minus(Duration.ofSeconds(1));
        RestAssured.given()
                .auth()
                .oauth2(company.manager())
                .contentType("text/csv")
                .body("kind,serial_no\nemeter,imported\n")
                .post("/api/devices/import?dryRun=false")
                .then()
                .statusCode(200);
        assertTrue(toldOfSince(Set.of(), begun));
    }

    /** Whether a new entry says who, when, what and to what. */
    private boolean toldOfSince(Set<String> before, Instant begun) {
        List<Map<String, String>> entries = newest().getList("auditEntries.nodes");
        return entries.stream()
                .filter(entry -> !before.contains(entry.get("id")))
                .anyMatch(entry -> entry.get("actor").equals(company.subject("lin"))
                        && Instant.parse(entry.get("at")).isAfter(begun)
                        && entry.get("act").matches("[a-z][A-Za-z]*\\.[a-z][A-Za-z]*")
                        && !entry.get("subjectType").isBlank()
                        && !entry.get("subjectId").isBlank()
                        && !entry.get("subjectId").equals("null"));
    }

    /** What cannot be done here is done there, by name, in a test that reads the audit log. */
    @Test
    void theOthersAreLookedAtWithARealKeycloak() throws IOException {
        for (Map.Entry<String, String> elsewhere : Deeds.WITH_KEYCLOAK.entrySet()) {
            String test =
                    Files.readString(Path.of("src/test/java/cloud/wuye/identity", elsewhere.getValue() + ".java"));
            assertEquals(
                    List.of(true, true, true),
                    List.of(
                            test.contains(elsewhere.getKey() + "("),
                            test.contains("auditEntries"),
                            test.contains("RealKeycloak.class")),
                    elsewhere.getKey());
        }
    }

    private JsonPath newest() {
        return Graph.as(company.manager())
                .ask("{auditEntries(first:20){nodes{id at actor act subjectType subjectId}}}");
    }
}
