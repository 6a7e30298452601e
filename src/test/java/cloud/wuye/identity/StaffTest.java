package cloud.wuye.identity;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A manager invites, changes and disables staff in a real Keycloak, and cannot reach beyond the own company. */
@QuarkusTest
@Tag("keycloak")
@WithTestResource(RealKeycloak.class)
class StaffTest {
    private static final String INVITE =
            """
            mutation($input: InviteStaffInput!) {
              inviteStaff(input: $input) { temporaryPassword staff { id subject username name roles status } }
            }""";
    private static final String SET_ROLES =
            """
            mutation($id: ID!, $roles: [StaffRole!]!) { setStaffRoles(id: $id, roles: $roles) { roles } }""";
    private static final String DISABLE = "mutation($id: ID!) { disableStaff(id: $id, reason: \"left\") { status } }";
    private static final String ENABLE = "mutation($id: ID!) { enableStaff(id: $id) { status } }";
    private static final String LIST = "{ staff { nodes { id username roles status } } }";

    private static Company haitang;
    private static Company yulan;

    private final String username = "u" + Ids.next().toString().substring(24);

    @BeforeEach
    void twoCompanies() {
        Gate.open();
        if (haitang == null) {
            haitang = Company.aboard();
            yulan = Company.aboard();
        }
    }

    @Test
    void anInvitedTechnicianLogsInWithThatRole() {
        JsonPath invited = invited(invite(haitang, "TECHNICIAN"));
        assertEquals("ACTIVE", invited.getString("staff.status"));
        assertTrue(invited.getString("temporaryPassword").length() >= 12);
        KeycloakProbe.settlePassword(haitang.code(), username, Company.PASSWORD);
        Ask.me(haitang.token(username))
                .body("data.me.subject", equalTo(invited.getString("staff.subject")))
                .body("data.me.name", equalTo("赵师傅"))
                .body("data.me.roles", contains("technician"));
    }

    @Test
    void rolesChangeWithTheNextToken() {
        String id = invited(invite(haitang, "TECHNICIAN")).getString("staff.id");
        KeycloakProbe.settlePassword(haitang.code(), username, Company.PASSWORD);
        Ask.graphql(haitang.manager(), SET_ROLES, Map.of("id", id, "roles", List.of("FINANCE", "MANAGER")))
                .body("data.setStaffRoles.roles", contains("MANAGER", "FINANCE"));
        Ask.me(haitang.token(username)).body("data.me.roles", contains("finance", "manager"));
    }

    @Test
    void aDisabledPersonIsShutOutUntilEnabled() {
        String id = invited(invite(haitang, "FINANCE")).getString("staff.id");
        KeycloakProbe.settlePassword(haitang.code(), username, Company.PASSWORD);
        JsonPath tokens = KeycloakProbe.tokens(haitang.code(), username, Company.PASSWORD);
        Ask.graphql(haitang.manager(), DISABLE, Map.of("id", id)).body("data.disableStaff.status", equalTo("DISABLED"));
        assertEquals(
                400,
                KeycloakProbe.refresh(haitang.code(), tokens.getString("refresh_token"))
                        .statusCode());
        assertEquals(
                400,
                KeycloakProbe.login(haitang.code(), "wuye-cli", username, Company.PASSWORD)
                        .statusCode());
        Ask.graphql(haitang.manager(), ENABLE, Map.of("id", id)).body("data.enableStaff.status", equalTo("ACTIVE"));
        Ask.me(haitang.token(username)).body("data.me.roles", contains("finance"));
    }

    @Test
    void anInvitationCutOffAnywhereEndsTheSameWhenSentAgain() {
        Gate.open();
        invited(invite(haitang, "TECHNICIAN"));
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
                invite(haitang, who, "TECHNICIAN").body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
                Gate.open();
                invited(invite(haitang, who, "TECHNICIAN"));
                assertEquals(
                        1, KeycloakProbe.user(haitang.code(), who).getList("").size(), who);
                assertTrue(KeycloakProbe.roles(haitang.code(), who).contains("technician"), who);
            }
        }
    }

    @Test
    void anInvitationWhoseAnswerWasLostGivesANewPasswordUntilOneIsUsed() {
        String lost = invited(invite(haitang, "TECHNICIAN")).getString("temporaryPassword");
        String found = invited(invite(haitang, "TECHNICIAN")).getString("temporaryPassword");
        assertNotEquals(lost, found);
        assertTrue(found.length() >= 12);
        KeycloakProbe.settlePassword(haitang.code(), username, Company.PASSWORD);
        invite(haitang, "TECHNICIAN").body("errors[0].extensions.code", equalTo("ALREADY_EXISTS"));
        assertEquals(List.of("technician"), staffRoles(haitang, username));
    }

    @Test
    void aTakenLogInNameIsRefused() {
        invited(invite(haitang, "TECHNICIAN"));
        invite(haitang, "MANAGER").body("errors[0].extensions.code", equalTo("ALREADY_EXISTS"));
        assertFalse(KeycloakProbe.roles(haitang.code(), username).contains("manager"));
        // Of a person who has an account but is none of the staff: their account is not taken over.
        KeycloakProbe.makeUser(haitang.code(), "resident-" + username);
        invite(haitang, "resident-" + username, "MANAGER").body("errors[0].extensions.code", equalTo("ALREADY_EXISTS"));
        assertFalse(KeycloakProbe.roles(haitang.code(), "resident-" + username).contains("manager"));
    }

    @Test
    void noRoleBeyondTheCompanyCanBeNamed() {
        for (String role : List.of("PLATFORM_OPERATOR", "platform-operator", "RESIDENT", "admin")) {
            invite(haitang, role).body("data.inviteStaff", nullValue()).body("errors", notNullValue());
        }
        assertEquals(List.of(), KeycloakProbe.user(haitang.code(), username).getList(""));
    }

    @Test
    void anotherCompanysStaffCannotBeTouchedOrSeen() {
        String id = invited(invite(yulan, "TECHNICIAN")).getString("staff.id");
        String manager = haitang.manager();
        Ask.graphql(manager, DISABLE, Map.of("id", id)).body("errors[0].extensions.code", equalTo("NOT_FOUND"));
        Ask.graphql(manager, ENABLE, Map.of("id", id)).body("errors[0].extensions.code", equalTo("NOT_FOUND"));
        Ask.graphql(manager, SET_ROLES, Map.of("id", id, "roles", List.of("MANAGER")))
                .body("errors[0].extensions.code", equalTo("NOT_FOUND"));
        Ask.graphql(manager, LIST, Map.of())
                .body("data.staff.nodes.id", not(hasItem(id)))
                .body("data.staff.nodes.username", hasItem(Company.MANAGER));
        assertEquals(List.of("technician"), staffRoles(yulan, username));
    }

    @Test
    void onlyManagersMayDoAnyOfIt() {
        String id = invited(invite(haitang, "TECHNICIAN")).getString("staff.id");
        KeycloakProbe.settlePassword(haitang.code(), username, Company.PASSWORD);
        String technician = haitang.token(username);
        for (String act : List.of(DISABLE, ENABLE)) {
            Ask.graphql(technician, act, Map.of("id", id)).body("errors[0].extensions.code", equalTo("FORBIDDEN"));
        }
        Ask.graphql(technician, SET_ROLES, Map.of("id", id, "roles", List.of("MANAGER")))
                .body("errors[0].extensions.code", equalTo("FORBIDDEN"));
        Ask.graphql(technician, LIST, Map.of()).body("errors[0].extensions.code", equalTo("FORBIDDEN"));
        assertEquals(List.of("technician"), staffRoles(haitang, username));
    }

    @Test
    void theLastManagerStays() {
        Company small = Company.aboard();
        String manager = small.manager();
        String lin = Ask.graphql(manager, LIST, Map.of()).extract().path("data.staff.nodes[0].id");
        Ask.graphql(manager, SET_ROLES, Map.of("id", lin, "roles", List.of("FINANCE")))
                .body("errors[0].extensions.code", equalTo("LAST_MANAGER"));
        Ask.graphql(manager, DISABLE, Map.of("id", lin)).body("errors[0].extensions.code", equalTo("OWN_ACCOUNT"));
        assertEquals(List.of("manager"), staffRoles(small, Company.MANAGER));
    }

    @Test
    void managersWhoStepDownAtTheSameMomentDoNotBothGo() {
        Company small = Company.aboard();
        String lin = Ask.graphql(small.manager(), LIST, Map.of()).extract().path("data.staff.nodes[0].id");
        String he = invited(invite(small, "hexi", "MANAGER")).getString("staff.id");
        KeycloakProbe.settlePassword(small.code(), "hexi", Company.PASSWORD);
        String lins = small.manager();
        String hes = small.token("hexi");
        List<String> refusals = Stream.of(Map.of("by", lins, "id", he), Map.of("by", hes, "id", lin))
                .map(act -> CompletableFuture.supplyAsync(
                        () -> Ask.graphql(act.get("by"), DISABLE, Map.of("id", act.get("id")))
                                .extract()
                                .jsonPath()
                                .getString("errors[0].extensions.code")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertEquals(1, refusals.stream().filter("LAST_MANAGER"::equals).count(), refusals.toString());
        assertEquals(1, refusals.stream().filter(Objects::isNull).count(), refusals.toString());
    }

    @Test
    void everyActIsInTheCompanysAuditLog() {
        String id = invited(invite(haitang, "TECHNICIAN")).getString("staff.id");
        String manager = haitang.manager();
        Ask.graphql(manager, SET_ROLES, Map.of("id", id, "roles", List.of("FINANCE")));
        Ask.graphql(manager, DISABLE, Map.of("id", id));
        Ask.graphql(manager, ENABLE, Map.of("id", id));
        String log =
                "query($id: String!) { auditEntries(filter: {subjectId: $id}) { nodes { act actorName reason } } }";
        Ask.graphql(manager, log, Map.of("id", id))
                .body(
                        "data.auditEntries.nodes.act",
                        contains("staff.enable", "staff.disable", "staff.roles", "staff.join", "staff.invite"))
                .body("data.auditEntries.nodes.actorName", hasItems("林静"))
                .body("data.auditEntries.nodes[1].reason", equalTo("left"));
        Ask.graphql(yulan.manager(), log, Map.of("id", id)).body("data.auditEntries.nodes", empty());
    }

    @Test
    void anInputThatMakesNoSenseIsRefusedBeforeAnythingHappens() {
        String manager = haitang.manager();
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("username", "A b", "name", "赵", "roles", List.of("FINANCE")),
                Map.of("username", username, "name", " ", "roles", List.of("FINANCE")),
                Map.of("username", username, "name", "赵", "roles", List.of()),
                Map.of("username", username, "name", "赵", "roles", List.of("FINANCE"), "email", "no"))) {
            Ask.graphql(manager, INVITE, Map.of("input", bad)).body("errors", notNullValue());
        }
        assertEquals(List.of(), KeycloakProbe.user(haitang.code(), username).getList(""));
    }

    private static List<String> staffRoles(Company company, String username) {
        return KeycloakProbe.roles(company.code(), username).stream()
                .filter(role -> !role.startsWith("default-roles-"))
                .toList();
    }

    private ValidatableResponse invite(Company company, String role) {
        return invite(company, username, role);
    }

    private static ValidatableResponse invite(Company company, String username, String role) {
        return Ask.graphql(
                company.manager(),
                INVITE,
                Map.of("input", Map.of("username", username, "name", "赵师傅", "roles", List.of(role))));
    }

    private static JsonPath invited(ValidatableResponse answer) {
        return answer.body("errors", nullValue()).extract().jsonPath().setRootPath("data.inviteStaff");
    }
}
