package cloud.wuye.identity;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.Ids;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A property company comes aboard a real Keycloak, whatever breaks on the way, and is shut out and let in again. */
@QuarkusTest
@Tag("keycloak")
@WithTestResource(RealKeycloak.class)
class OnboardingTest {
    private static final String ONBOARD =
            """
            mutation($input: OnboardTenantInput!) {
              onboardTenant(input: $input) { managerUsername temporaryPassword company { id code status zone issuer } }
            }""";
    private static final String SUSPEND =
            "mutation($id: ID!) { suspendTenant(id: $id, reason: \"unpaid\") { status statusReason } }";
    private static final String RESUME = "mutation($id: ID!) { resumeTenant(id: $id, reason: \"paid\") { status } }";
    private static final String PASSWORD = "Haitang-2026-spring";

    /** On board since the first test, and left as it is by those that use it: making a realm is slow. */
    private static Company settled;

    /** Of a company that only this test knows, and may make. */
    private final String code = "c" + Ids.next().toString().substring(24);

    @BeforeEach
    void roadIsOpen() {
        Gate.open();
        if (settled == null) {
            settled = Company.aboard("s" + Ids.next().toString().substring(24));
            Gate.open();
        }
    }

    @Test
    void aCompanyComesAboardAndItsManagerLogsIn() {
        assertTrue(onboarded(onboard()).getString("temporaryPassword").length() >= 12);
        // The answer was lost: nobody has used that password, so the repetition gives a new one.
        JsonPath made = onboarded(onboard());
        assertEquals("ACTIVE", made.getString("company.status"));
        assertEquals("Asia/Shanghai", made.getString("company.zone"));
        assertEquals(RealKeycloak.url() + "/realms/" + code, made.getString("company.issuer"));
        assertTrue(made.getString("temporaryPassword").length() >= 12);

        KeycloakProbe.login(code, "wuye-cli", "lin", made.getString("temporaryPassword"))
                .then()
                .statusCode(400)
                .body("error_description", equalTo("Account is not fully set up"));
        Ask.me(token())
                .statusCode(200)
                .body("data.me.username", equalTo("lin"))
                .body("data.me.name", equalTo("林静"))
                .body("data.me.roles", equalTo(List.of("manager")))
                .body("data.me.company.code", equalTo(code));
    }

    @Test
    void theRealmIsMadeAsDesigned() {
        String code = settled.code();
        JsonPath realm = KeycloakProbe.realm(code);
        assertTrue(realm.getInt("accessTokenLifespan") <= 300);
        assertEquals(false, realm.getBoolean("registrationAllowed"));
        assertEquals(true, realm.getBoolean("bruteForceProtected"));
        JsonPath web = KeycloakProbe.client(code, "wuye-admin");
        assertEquals(true, web.getBoolean("[0].publicClient"));
        assertEquals(true, web.getBoolean("[0].standardFlowEnabled"));
        assertEquals(false, web.getBoolean("[0].directAccessGrantsEnabled"));
        assertEquals("S256", web.getString("[0].attributes.'pkce.code.challenge.method'"));
        assertEquals("+", web.getString("[0].attributes.'post.logout.redirect.uris'"));
        assertEquals(true, KeycloakProbe.client(code, "wuye-api").getBoolean("[0].bearerOnly"));
    }

    @Test
    void doingItAgainChangesNothingAndShowsNoPassword() {
        String token = settled.manager();
        onboardSettled()
                .body("errors", nullValue())
                .body("data.onboardTenant.company.id", equalTo(settled.id()))
                .body("data.onboardTenant.temporaryPassword", nullValue());
        Ask.me(token).statusCode(200);
        assertEquals(1, KeycloakProbe.user(settled.code(), "lin").getList("").size());
    }

    @Test
    void cutOffAnywhereItEndsTheSameWhenDoneAgain() {
        onboarded(onboard());
        int changes = Gate.changes();
        assertTrue(changes >= 4, "realm, user, role, password: " + changes);
        for (int change = 1; change <= changes; change++) {
            brokenThenAgain("b" + change + code, change, false);
            brokenThenAgain("a" + change + code, change, true);
        }
    }

    @Test
    void whoDidItStandsInTheCompanysOwnLog() {
        Ask.graphql(
                        settled.manager(),
                        "{ auditEntries(filter: {act: \"tenant.\"}) { nodes { act actorName subjectType } } }",
                        Map.of())
                .body("data.auditEntries.nodes.act", equalTo(List.of("tenant.activate", "tenant.begin")))
                .body("data.auditEntries.nodes[0].actorName", equalTo("root"));
    }

    /** The operator finds in one list what operators did, in whichever company; not what the company's own people did. */
    @Test
    void operatorsSeeTheirOwnActs() {
        String id = settled.id();
        Ask.graphql(
                        TestTenants.operator(),
                        "query($id: ID!) { auditEntries(filter: {companyId: $id}) { nodes { act actorName byOperator companyId } } }",
                        Map.of("id", id))
                .body(
                        "data.auditEntries.nodes.act",
                        equalTo(List.of("tenant.activate", "staff.join", "staff.invite", "tenant.begin")))
                .body("data.auditEntries.nodes.actorName", everyItem(equalTo("root")))
                .body("data.auditEntries.nodes.byOperator", everyItem(equalTo(true)))
                .body("data.auditEntries.nodes.companyId", everyItem(equalTo(id)));
    }

    @Test
    void anotherManagerForACompanyInServiceIsRefused() {
        Map<String, Object> again = input(settled.code(), "物业 " + settled.code(), "somebody-else");
        Ask.graphql(TestTenants.operator(), ONBOARD, Map.of("input", again))
                .body("errors[0].extensions.code", equalTo("ALREADY_EXISTS"));
        assertEquals(
                List.of(), KeycloakProbe.user(settled.code(), "somebody-else").getList(""));
    }

    @Test
    void anotherNameForATakenCodeIsRefused() {
        Ask.graphql(TestTenants.operator(), ONBOARD, Map.of("input", input(settled.code(), "别的物业", "lin")))
                .body("errors[0].extensions.code", equalTo("ALREADY_EXISTS"));
    }

    @Test
    void aRealmThatSomebodyElseMadeIsLeftAlone() {
        KeycloakProbe.makeRealm(code);
        onboard().body("errors[0].extensions.code", equalTo("ALREADY_EXISTS"));
        assertEquals(List.of(), KeycloakProbe.user(code, "lin").getList(""));
        for (String reserved : List.of("master", "wuye-platform")) {
            Ask.graphql(TestTenants.operator(), ONBOARD, Map.of("input", input(reserved, "海棠物业", "lin")))
                    .body("errors[0].extensions.code", equalTo("ALREADY_EXISTS"));
        }
    }

    @Test
    void aManagerCannotOnboardOrSuspend() {
        String id = settled.id();
        String manager = settled.manager();
        Ask.graphql(manager, ONBOARD, Map.of("input", input("x" + code, "自己的", "me")))
                .body("errors[0].extensions.code", equalTo("FORBIDDEN"));
        Ask.graphql(manager, SUSPEND, Map.of("id", id)).body("errors[0].extensions.code", equalTo("FORBIDDEN"));
        assertEquals(404, KeycloakProbe.realmStatus("x" + code));
    }

    @Test
    void aSuspendedCompanyIsShutOutAndResumedLetIn() {
        String id = onboarded(onboard()).getString("company.id");
        String token = token();
        Ask.me(token).statusCode(200);

        Ask.graphql(TestTenants.operator(), SUSPEND, Map.of("id", id))
                .body("data.suspendTenant.status", equalTo("SUSPENDED"))
                .body("data.suspendTenant.statusReason", equalTo("unpaid"));
        Ask.me(token).statusCode(401);
        assertEquals(false, KeycloakProbe.realm(code).getBoolean("enabled"));
        assertTrue(KeycloakProbe.login(code, "wuye-cli", "lin", PASSWORD).statusCode() >= 400);

        Ask.graphql(TestTenants.operator(), RESUME, Map.of("id", id))
                .body("data.resumeTenant.status", equalTo("ACTIVE"));
        Ask.me(token()).statusCode(200);
        Ask.graphql(
                        token(),
                        "{ auditEntries(filter: {act: \"tenant.\"}, first: 2) { nodes { act actorName subjectId reason } } }",
                        Map.of())
                .body("data.auditEntries.nodes.act", equalTo(List.of("tenant.resume", "tenant.suspend")))
                .body("data.auditEntries.nodes.actorName", equalTo(List.of("root", "root")))
                .body("data.auditEntries.nodes.subjectId", equalTo(List.of(id, id)))
                .body("data.auditEntries.nodes.reason", equalTo(List.of("paid", "unpaid")));
    }

    @Test
    void aCompanyIsShutOutEvenWhileKeycloakIsAway() {
        String id = onboarded(onboard()).getString("company.id");
        String token = token();
        Ask.me(token).statusCode(200);
        Gate.shut();
        Ask.graphql(TestTenants.operator(), SUSPEND, Map.of("id", id))
                .body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
        Ask.me(token).statusCode(401);
        Gate.open();
        Ask.graphql(TestTenants.operator(), SUSPEND, Map.of("id", id))
                .body("data.suspendTenant.status", equalTo("SUSPENDED"));
        assertEquals(false, KeycloakProbe.realm(code).getBoolean("enabled"));
    }

    private void brokenThenAgain(String company, int change, boolean afterwards) {
        if (afterwards) {
            Gate.breakAfter(change);
        } else {
            Gate.breakBefore(change);
        }
        onboard(company).body("errors[0].extensions.code", equalTo("IDENTITY_UNAVAILABLE"));
        Gate.open();
        JsonPath made = onboarded(onboard(company));
        assertEquals("ACTIVE", made.getString("company.status"), company);
        assertTrue(made.getString("temporaryPassword").length() >= 12, company);
        assertEquals(1, KeycloakProbe.user(company, "lin").getList("").size(), company);
        KeycloakProbe.settlePassword(company, "lin", PASSWORD);
        Ask.me(KeycloakProbe.tokens(company, "lin", PASSWORD).getString("access_token"))
                .body("data.me.roles", equalTo(List.of("manager")))
                .body("data.me.company.code", equalTo(company));
        assertEquals(1, KeycloakProbe.client(company, "wuye-admin").getList("").size());
    }

    private String token() {
        KeycloakProbe.settlePassword(code, "lin", PASSWORD);
        return KeycloakProbe.tokens(code, "lin", PASSWORD).getString("access_token");
    }

    private static ValidatableResponse onboardSettled() {
        return Ask.graphql(
                TestTenants.operator(),
                ONBOARD,
                Map.of("input", input(settled.code(), "物业 " + settled.code(), Company.MANAGER)));
    }

    private ValidatableResponse onboard() {
        return onboard(code);
    }

    private static ValidatableResponse onboard(String code) {
        return Ask.graphql(TestTenants.operator(), ONBOARD, Map.of("input", input(code, "海棠物业", "lin")));
    }

    private static JsonPath onboarded(ValidatableResponse answer) {
        return answer.statusCode(200)
                .body("errors", nullValue())
                .body("data.onboardTenant.company.id", notNullValue())
                .extract()
                .jsonPath()
                .setRootPath("data.onboardTenant");
    }

    private static Map<String, Object> input(String code, String name, String manager) {
        return Map.of(
                "code",
                code,
                "name",
                name,
                "manager",
                Map.of("username", manager, "name", "林静", "phone", "13800000000"));
    }
}
