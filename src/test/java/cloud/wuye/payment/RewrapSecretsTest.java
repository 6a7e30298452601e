package cloud.wuye.payment;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.secret.RewrapSecrets;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.secret.TestKeys;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RewrapSecretsTest {
    @Inject
    Db db;

    @Inject
    PaymentChannels channels;

    @Inject
    Audit audit;

    @Inject
    SecretBox box;

    @Inject
    RewrapSecrets now;

    @Inject
    SealedChannels sealed;

    @Test
    void newKeyTakesOverAndTheOldOneMayGo() throws Throwable {
        TestTenant company = TestTenants.fresh();
        SimulatedPayments merchant = SimulatedPayments.fresh();
        merchant.openFor(company.manager());
        SecretBox both = TestKeys.box("next", "test", "next");
        SecretBox onlyNew = TestKeys.box("next", "next");
        String before = sealed(company);
        assertThrows(RuntimeException.class, () -> onlyNew.open(company.id(), ChannelSettings.API_V3_KEY, before));

        assertTrue(subscribeAndAwait(() -> sealAnew(both)) >= 1);
        assertEquals(0, subscribeAndAwait(() -> sealAnew(both)));
        assertEquals(
                merchant.text("/apiV3Key"), onlyNew.open(company.id(), ChannelSettings.API_V3_KEY, sealed(company)));
        assertTrue(Graph.as(company.manager())
                .ask("{auditEntries(first:1){nodes{act actor}}}")
                .getString("auditEntries.nodes")
                .contains("paymentChannel.rewrap"));

        // Back to the key that the running service knows.
        assertTrue(subscribeAndAwait(() -> sealAnew(TestKeys.box("test", "test", "next"))) >= 1);
        assertTrue(box.isCurrent(sealed(company)));
        assertEquals(0, subscribeAndAwait(() -> now.all(sealed)));
    }

    private Uni<Integer> sealAnew(SecretBox with) {
        return new RewrapSecrets(db, with, List.of()).all(new SealedChannels(channels, with, audit));
    }

    private String sealed(TestTenant company) throws Throwable {
        return subscribeAndAwait(() -> channels.of(company.id(), ChannelKind.WECHAT_PAY))
                .apiV3Key();
    }
}
