package cloud.wuye.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Residents' accounts in a real Keycloak: made, linked, shut, and never somebody else's. */
@QuarkusTest
@Tag("keycloak")
@WithTestResource(RealKeycloak.class)
class ResidentAccountsTest {
    private static final String REGISTER =
            """
            mutation($input: ResidentInput!, $username: String) {
              registerResident(input: $input, username: $username) {
                temporaryPassword resident { id subject username state } } }""";
    private static final String LINK =
            """
            mutation($id: ID!, $username: String!) {
              linkResident(id: $id, username: $username) { temporaryPassword resident { id subject username } } }""";
    private static final String DISABLE = "mutation($id: ID!) { disableResident(id: $id, reason: \"left\") { state } }";
    private static final String ENABLE = "mutation($id: ID!) { enableResident(id: $id) { state } }";
    private static final String ME = "{ me { roles resident { id name } } }";

    private static Company haitang;

    private final String username = "u" + Ids.next().toString().substring(24);

    @BeforeEach
    void aCompany() {
        Gate.open();
        if (haitang == null) {
            haitang = Company.aboard();
        }
    }

    @Test
    void aRegisteredResidentLogsInAsThemselves() {
        JsonPath made = done(register(username), "registerResident");
        assertTrue(made.getString("temporaryPassword").length() >= 12);
        KeycloakProbe.settlePassword(haitang.code(), username, Company.PASSWORD);
        Ask.graphql(haitang.token(username), ME, Map.of())
                .body("data.me.roles", contains("resident"))
                .body("data.me.resident.id", equalTo(made.getString("resident.id")));
        JsonPath again = done(register(username), "registerResident");
        assertEquals(made.getString("resident.id"), again.getString("resident.id"));
        assertNull(again.get("temporaryPassword"), "they have one of their own");
    }

    @Test
    void aRegistrationCutOffAnywhereEndsTheSameWhenSentAgain() {
        done(register(username), "registerResident");
        int changes = Gate.changes();
        assertTrue(changes >= 3, "user, role, password: " + changes);
        for (int change = 1; change <= changes; change++) {
            for (String before : List.of("b", "a")) {
                String who = before + change + username;
                if ("b".equals(before)) {
                    Gate.breakBefore(change);
                } else {
                    Gate.breakAfter(change);
                }
                register(who).body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
                Gate.open();
                JsonPath made = done(register(who), "registerResident");
                assertTrue(made.getString("temporaryPassword").length() >= 12, who);
                assertEquals(
                        KeycloakProbe.user(haitang.code(), who).getString("[0].id"),
                        made.getString("resident.subject"));
                assertTrue(KeycloakProbe.roles(haitang.code(), who).contains("resident"), who);
            }
        }
    }

    @Test
    void aLostFirstPasswordHasAWayBack() {
        String lost = done(register(username), "registerResident").getString("temporaryPassword");
        String found = done(register(username), "registerResident").getString("temporaryPassword");
        assertNotEquals(lost, found);
        assertTrue(found.length() >= 12);
    }

    @Test
    void aDisabledResidentIsShutOutUntilEnabled() {
        String id = done(register(username), "registerResident").getString("resident.id");
        KeycloakProbe.settlePassword(haitang.code(), username, Company.PASSWORD);
        String token = haitang.token(username);
        Ask.graphql(haitang.manager(), DISABLE, Map.of("id", id))
                .body("data.disableResident.state", equalTo("DISABLED"));
        Ask.graphql(token, ME, Map.of()).body("data.me.resident", nullValue());
        assertEquals(
                400,
                KeycloakProbe.login(haitang.code(), "wuye-cli", username, Company.PASSWORD)
                        .statusCode());
        Ask.graphql(haitang.manager(), ENABLE, Map.of("id", id)).body("data.enableResident.state", equalTo("ACTIVE"));
        Ask.graphql(haitang.token(username), ME, Map.of()).body("data.me.resident.id", equalTo(id));
    }

    @Test
    void anAccountThatIsNobodysIsLinkedAndKeepsItsPassword() {
        KeycloakProbe.makeUser(haitang.code(), username);
        KeycloakProbe.settlePassword(haitang.code(), username, Company.PASSWORD);
        register(username).body("errors[0].extensions.code", equalTo("ALREADY_EXISTS"));
        String id = done(register(null), "registerResident").getString("resident.id");
        refused(link(id, username), "ALREADY_EXISTS");

        String another = "n" + username;
        KeycloakProbe.makeUser(haitang.code(), another);
        KeycloakProbe.settlePassword(haitang.code(), another, Company.PASSWORD);
        assertNull(done(link(id, another), "linkResident").get("temporaryPassword"));
        assertNull(done(link(id, another), "linkResident").get("temporaryPassword"));
        Ask.graphql(haitang.token(another), ME, Map.of()).body("data.me.resident.id", equalTo(id));
        refused(link(id, "x" + another), "ILLEGAL_STATE");
        String second = done(register(null), "registerResident").getString("resident.id");
        refused(link(second, another), "ALREADY_EXISTS");
    }

    /** Who links an account can shut it out, and may come by its first password. */
    @Test
    void nobodyWithMoreRightsThanAResidentCanBeLinked() {
        String id = done(register(null), "registerResident").getString("resident.id");
        refused(link(id, Company.MANAGER), "ALREADY_EXISTS");
        KeycloakProbe.makeUser(haitang.code(), username);
        KeycloakProbe.makeRole(haitang.code(), "role-" + username, username);
        refused(link(id, username), "ALREADY_EXISTS");
        assertFalse(KeycloakProbe.roles(haitang.code(), username).contains("resident"));
        assertFalse(KeycloakProbe.roles(haitang.code(), Company.MANAGER).contains("resident"));
        Ask.graphql(haitang.manager(), DISABLE, Map.of("id", id))
                .body("data.disableResident.state", equalTo("DISABLED"));
        haitang.manager();
    }

    @Test
    void everyActIsInTheCompanysAuditLog() {
        String id = done(register(null), "registerResident").getString("resident.id");
        done(link(id, username), "linkResident");
        Ask.graphql(haitang.manager(), DISABLE, Map.of("id", id));
        Ask.graphql(haitang.manager(), ENABLE, Map.of("id", id));
        Ask.graphql(
                        haitang.manager(),
                        "query($id: String!) { auditEntries(filter: {subjectId: $id}) { nodes { act reason } } }",
                        Map.of("id", id))
                .body(
                        "data.auditEntries.nodes.act",
                        contains(
                                "resident.enable",
                                "resident.disable",
                                "resident.join",
                                "resident.link",
                                "resident.register"))
                .body("data.auditEntries.nodes[1].reason", equalTo("left"));
    }

    private static ValidatableResponse register(String who) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("input", Map.of("name", "张伟", "kind", "MEMBER"));
        variables.put("username", who);
        return Ask.graphql(haitang.manager(), REGISTER, variables);
    }

    private static ValidatableResponse link(String id, String who) {
        return Ask.graphql(haitang.manager(), LINK, Map.of("id", id, "username", who));
    }

    private static void refused(ValidatableResponse answer, String code) {
        answer.body("errors[0].extensions.code", equalTo(code));
    }

    private static JsonPath done(ValidatableResponse answer, String field) {
        return answer.body("errors", nullValue()).extract().jsonPath().setRootPath("data." + field);
    }
}
