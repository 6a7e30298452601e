package cloud.wuye.identity.vouching;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.secret.RewrapSecrets;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.secret.TestKeys;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys with which people are vouched for are a company's own, made once, sealed, and survive a change of the seal. */
@QuarkusTest
class VouchingKeysTest {
    @Inject
    Signers signers;

    @Inject
    TestVouching vouching;

    @Inject
    VouchingKeys keys;

    @Inject
    TestDevices tables;

    @Inject
    Db db;

    @Inject
    Audit audit;

    private TestTenant company;

    @BeforeEach
    void aCompany() {
        company = TestTenants.fresh();
    }

    @Test
    void ofManyWhoWantTheFirstKeyAtOnceAllGetTheSame() {
        IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.runAsync(() -> vouching.makeKey(company.id())))
                .toList()
                .forEach(CompletableFuture::join);
        assertEquals("1", tables.one("SELECT count(*) FROM vouching_key WHERE tenant_id = ?", company.id()));
        assertEquals(
                List.of("vouchingKey.add"),
                Graph.as(company.manager())
                        .ask("{auditEntries(filter:{act:\"vouchingKey.\"}){nodes{act}}}")
                        .getList("auditEntries.nodes.act"));
    }

    @Test
    void companiesHaveKeysOfTheirOwnAndSignWithThem() throws Throwable {
        TestTenant other = TestTenants.fresh();
        String mine = signedBy(company);
        vouching.makeKey(other.id());
        assertTrue(verifies(mine, company));
        assertFalse(verifies(mine, other));
    }

    @Test
    void theSecretHalfIsSealedAndSealedAnew() throws Throwable {
        vouching.makeKey(company.id());
        String sealed = sealed();
        assertTrue(sealed.startsWith("v1:test:"), sealed);
        SecretBox both = TestKeys.box("next", "test", "next");
        assertTrue(subscribeAndAwait(() -> sealAnew(both)) >= 1);
        assertEquals(0, subscribeAndAwait(() -> sealAnew(both)));
        assertTrue(sealed().startsWith("v1:next:"));
        subscribeAndAwait(() -> sealAnew(TestKeys.box("test", "test", "next")));
        assertTrue(verifies(signedBy(company), company));
    }

    private Uni<Integer> sealAnew(SecretBox with) {
        return new RewrapSecrets(db, with, List.of()).all(new SealedVouchingKeys(keys, with, audit));
    }

    private String sealed() {
        return tables.one("SELECT private_key FROM vouching_key WHERE tenant_id = ?", company.id());
    }

    private String signedBy(TestTenant who) throws Throwable {
        return subscribeAndAwait(() -> signers.of(who.id())).sign(new JsonObject().put("sub", "somebody"));
    }

    private boolean verifies(String word, TestTenant of) throws Exception {
        String key = tables.one("SELECT public_key FROM vouching_key WHERE tenant_id = ?", of.id());
        int end = word.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
        signature.update(word.substring(0, end).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(word.substring(end + 1)));
    }
}
