package cloud.wuye.identity;

import static org.hamcrest.Matchers.nullValue;

import cloud.wuye.platform.Ids;
import cloud.wuye.testing.TestTenants;
import java.util.Map;

/**
 * A property company aboard a real Keycloak.
 *
 * @param code its realm
 * @param id its id with us
 */
record Company(String code, String id) {
    static final String PASSWORD = "Haitang-2026-spring";
    static final String MANAGER = "lin";

    private static final String ONBOARD =
            "mutation($input: OnboardTenantInput!) { onboardTenant(input: $input) { company { id } } }";

    /** Brings one aboard that nobody else uses. */
    static Company aboard() {
        return aboard("c" + Ids.next().toString().substring(24));
    }

    static Company aboard(String code) {
        String id = Ask.graphql(
                        TestTenants.operator(),
                        ONBOARD,
                        Map.of(
                                "input",
                                Map.of(
                                        "code",
                                        code,
                                        "name",
                                        "物业 " + code,
                                        "manager",
                                        Map.of("username", MANAGER, "name", "林静"))))
                .body("errors", nullValue())
                .extract()
                .path("data.onboardTenant.company.id");
        KeycloakProbe.settlePassword(code, MANAGER, PASSWORD);
        return new Company(code, id);
    }

    /** A fresh token of its manager. */
    String manager() {
        return token(MANAGER);
    }

    /** A fresh token of anyone whose password is {@link #PASSWORD}. */
    String token(String username) {
        return KeycloakProbe.tokens(code, username, PASSWORD).getString("access_token");
    }
}
