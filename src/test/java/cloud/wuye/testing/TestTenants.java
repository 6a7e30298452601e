package cloud.wuye.testing;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tenant.TenantRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.reactive.datasource.ReactiveDataSource.ReactiveDataSourceLiteral;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;

/** Property companies for tests in a {@code @QuarkusTest}. */
@WithTestResource(value = TestIssuer.class, scope = TestResourceScope.GLOBAL)
public final class TestTenants {
    private static final String UPSERT =
            """
            INSERT INTO tenant (id, code, name, issuer, base_url, status, status_since, created_at)
            VALUES ($1, $2, $2, $3, $4, 'ACTIVE', now(), now())
            ON CONFLICT (code) DO UPDATE SET issuer = $3, base_url = $4, status = 'ACTIVE'
            RETURNING id""";

    private TestTenants() {}

    /** A company in service under this code; the same one when it is already there. */
    public static TestTenant create(String code) {
        return create(code, TestIssuer.issuer(code), TestIssuer.baseUrl());
    }

    /** A company whose realm lives elsewhere. */
    public static TestTenant create(String code, String issuer, String baseUrl) {
        TestTenant made = unheardOf(code, issuer, baseUrl);
        Arc.container().instance(TenantRegistry.class).get().refresh().await().indefinitely();
        return made;
    }

    /** A company that this replica has not heard of, as one that another replica has just taken in. */
    public static TestTenant unheardOf() {
        String code = "t" + Ids.next().toString().replace("-", "").substring(0, 30);
        return unheardOf(code, TestIssuer.issuer(code), TestIssuer.baseUrl());
    }

    private static TestTenant unheardOf(String code, String issuer, String baseUrl) {
        UUID id = Arc.container()
                .instance(Pool.class, new ReactiveDataSourceLiteral("cross"))
                .get()
                .preparedQuery(UPSERT)
                .execute(Tuple.of(Ids.next(), code, issuer, baseUrl))
                .map(rows -> rows.iterator().next().getUUID("id"))
                .await()
                .indefinitely();
        return new TestTenant(id, code);
    }

    /** A company nobody else uses, for tests that count or suspend. */
    public static TestTenant fresh() {
        return create("t" + Ids.next().toString().replace("-", "").substring(0, 30));
    }

    /** A token of an operator of the platform, {@code root}, who belongs to no company. */
    public static String operator() {
        return TestIssuer.token("wuye-platform", "root", Roles.PLATFORM_OPERATOR);
    }
}
