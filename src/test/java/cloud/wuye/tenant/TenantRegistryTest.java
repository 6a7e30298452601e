package cloud.wuye.tenant;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Who is known, how soon a change made elsewhere is, and who may look. */
@QuarkusTest
class TenantRegistryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** {@code wuye.tenant.registry-miss-ttl} and a little more. */
    private static final Duration UNTIL_IT_LOOKS_AGAIN = Duration.ofMillis(550);

    @Inject
    Db db;

    @Inject
    TenantRegistry registry;

    @Inject
    Vertx vertx;

    @Test
    void aSuspensionOnAnotherReplicaBitesWithinSeconds() {
        TestTenant company = TestTenants.fresh();
        assertEquals(200, status(company));
        elsewhere("UPDATE tenant SET status = 'SUSPENDED' WHERE id = $1", company.id());
        Awaitility.await().atMost(PATIENCE).until(() -> status(company) == 401);
        Awaitility.await().atMost(PATIENCE).until(() -> !registry.byCode(company.code())
                .map(Tenant::active)
                .orElse(true));
        elsewhere("UPDATE tenant SET status = 'ACTIVE' WHERE id = $1", company.id());
        Awaitility.await().atMost(PATIENCE).until(() -> status(company) == 200);
    }

    /** What several wait for is asked once, on behalf of one of them; the others would go on with that one's caller. */
    @Test
    void everyoneWhoWaitsIsAnsweredOnTheirOwnContext() throws Exception {
        Context root = vertx.getOrCreateContext();
        for (int round = 0; round < 5; round++) {
            Thread.sleep(UNTIL_IT_LOOKS_AGAIN.toMillis());
            List<CompletableFuture<Boolean>> answered = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Context own = VertxContext.createNewDuplicatedContext(root);
                CompletableFuture<Boolean> mine = new CompletableFuture<>();
                own.runOnContext(ignored -> registry.findByCode("nobody")
                        .subscribe()
                        .with(found -> mine.complete(Vertx.currentContext() == own), mine::completeExceptionally));
                answered.add(mine);
            }
            for (CompletableFuture<Boolean> onItsOwn : answered) {
                assertTrue(onItsOwn.get(10, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aCompanyNotYetAboardIsRefused() {
        TestTenant company = TestTenants.fresh();
        elsewhere("UPDATE tenant SET status = 'ONBOARDING' WHERE id = $1", company.id());
        registry.refresh().await().atMost(PATIENCE);
        assertEquals(401, status(company));
    }

    @Test
    void aCompanyThatIsNewElsewhereIsFoundAtOnce() {
        TestTenant company = TestTenants.fresh();
        String code = company.code() + "x";
        assertTrue(registry.findByCode(code).await().atMost(PATIENCE).isEmpty());
        elsewhere(
                "INSERT INTO tenant (id, code, name, issuer, base_url, status, status_since, created_at)"
                        + " SELECT gen_random_uuid(), code || 'x', name, issuer || 'x', base_url, status, now(), now()"
                        + " FROM tenant WHERE id = $1",
                company.id());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> registry.findByCode(code).await().atMost(PATIENCE).isPresent());
    }

    @Test
    void aCompanySeesItsOwnRowAndNoOther() {
        TestTenant one = TestTenants.fresh();
        TestTenant other = TestTenants.fresh();
        List<UUID> seen = db.forTenantSql(one.id(), connection -> connection
                        .query("SELECT id FROM tenant")
                        .execute()
                        .map(rows -> {
                            List<UUID> ids = new ArrayList<>();
                            rows.forEach(row -> ids.add(row.getUUID("id")));
                            return ids;
                        }))
                .await()
                .atMost(PATIENCE);
        assertEquals(List.of(one.id()), seen);
        int changed = db.forTenantSql(one.id(), connection -> connection
                        .preparedQuery("UPDATE tenant SET name = 'ours now' WHERE id = $1")
                        .execute(Tuple.of(other.id()))
                        .map(rows -> rows.rowCount()))
                .await()
                .atMost(PATIENCE);
        assertEquals(0, changed);
    }

    @Test
    void operatorsListCompaniesAndNobodyElseDoes() {
        TestTenant company = TestTenants.fresh();
        String list =
                "query($search: String, $after: String) { propertyCompanies(filter: {search: $search}, first: 1, after: $after)"
                        + " { nodes { id code status zone } pageInfo { hasNextPage endCursor } } }";
        JsonPath page = Graph.as(TestTenants.operator()).ask(list, "search", company.code());
        assertEquals(company.id().toString(), page.getString("propertyCompanies.nodes[0].id"));
        assertFalse(page.getBoolean("propertyCompanies.pageInfo.hasNextPage"));
        TestTenants.fresh();
        JsonPath first = Graph.as(TestTenants.operator()).ask(list);
        JsonPath second = Graph.as(TestTenants.operator())
                .ask(list, "after", first.getString("propertyCompanies.pageInfo.endCursor"));
        assertTrue(first.getString("propertyCompanies.nodes[0].code")
                        .compareTo(second.getString("propertyCompanies.nodes[0].code"))
                < 0);
        String one = "query($id: ID!) { propertyCompany(id: $id) { code } }";
        assertEquals(
                company.code(),
                Graph.as(TestTenants.operator())
                        .ask(one, "id", company.id().toString())
                        .getString("propertyCompany.code"));
        for (String token : List.of(company.manager(), company.finance(), company.technician(), company.resident())) {
            Graph.as(token).refused("FORBIDDEN", list);
            Graph.as(token).refused("FORBIDDEN", one, "id", company.id().toString());
        }
    }

    private static int status(TestTenant company) {
        return given().auth()
                .oauth2(company.manager())
                .contentType(ContentType.JSON)
                .body("{\"query\":\"{me{subject}}\"}")
                .post("/graphql")
                .statusCode();
    }

    private void elsewhere(String sql, UUID id) {
        db.acrossTenants("test", connection -> connection
                        .preparedQuery(sql)
                        .execute(Tuple.of(id))
                        .replaceWithVoid())
                .await()
                .atMost(PATIENCE);
    }
}
