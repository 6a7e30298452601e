package cloud.wuye.tenant;

import cloud.wuye.platform.observe.OwnContext;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Which issuer, which topic segment, which id is which property company. Asked on every request and every batch of
 * telemetry, so it answers from memory and reads the table again when what it knows has aged ({@link TenantConfig}).
 * While the database is away it goes on with what it knew.
 */
@ApplicationScoped
public class TenantRegistry {
    private static final Logger LOG = Logger.getLogger(TenantRegistry.class);

    /** How long somebody known waits for news of themselves before yesterday's has to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Tenants tenants;
    private final TenantConfig config;
    private final Vertx vertx;
    private final AtomicReference<CompletableFuture<Known>> loading = new AtomicReference<>();
    private volatile Known known = new Known(Map.of(), Map.of(), Map.of(), Long.MIN_VALUE / 2);

    TenantRegistry(Tenants tenants, TenantConfig config, Vertx vertx) {
        this.tenants = tenants;
        this.config = config;
        this.vertx = vertx;
    }

    void warm(@Observes StartupEvent event) {
        refreshBehind();
    }

    /** The company whose tokens carry this {@code iss}, in whatever status; empty when there is none. */
    public Uni<Optional<Tenant>> findByIssuer(String issuer) {
        return find(known -> known.byIssuer.get(issuer));
    }

    /** The company of this code, in whatever status; empty when there is none. */
    public Uni<Optional<Tenant>> findByCode(String code) {
        return find(known -> known.byCode.get(code));
    }

    /** The company of this id, in whatever status; empty when there is none. */
    public Uni<Optional<Tenant>> findById(UUID id) {
        return find(known -> known.byId.get(id));
    }

    /** From memory, without waiting, for paths that cannot: the company of a topic's tenant segment. */
    public Optional<Tenant> byCode(String code) {
        return recall(known -> known.byCode.get(code));
    }

    /** From memory, without waiting, for paths that cannot: the company of this id. */
    public Optional<Tenant> byId(UUID id) {
        return recall(known -> known.byId.get(id));
    }

    /** Reads the table now; whoever changed a company calls this after the commit. */
    public Uni<Void> refresh() {
        return load().replaceWithVoid();
    }

    private Uni<Optional<Tenant>> find(Function<Known, Tenant> question) {
        Known now = known;
        Optional<Tenant> answer = Optional.ofNullable(question.apply(now));
        if (now.youngerThan(answer.isPresent() ? config.registryTtl() : config.registryMissTtl())) {
            return Uni.createFrom().item(answer);
        }
        Uni<Optional<Tenant>> fresh =
                OwnContext.back(joinLoad()).map(loaded -> Optional.ofNullable(question.apply(loaded)));
        return answer.isEmpty()
                ? fresh
                : fresh.ifNoItem()
                        .after(PATIENCE)
                        .recoverWithItem(answer)
                        .onFailure()
                        .recoverWithItem(answer);
    }

    private Optional<Tenant> recall(Function<Known, Tenant> question) {
        Known now = known;
        Optional<Tenant> answer = Optional.ofNullable(question.apply(now));
        if (!now.youngerThan(answer.isPresent() ? config.registryTtl() : config.registryMissTtl())) {
            refreshBehind();
        }
        return answer;
    }

    private void refreshBehind() {
        joinLoad().subscribe().with(loaded -> {}, failure -> LOG.warnf("tenant registry not read: %s", failure));
    }

    /**
     * One load at a time serves all who wait; a storm of requests after the time-out is one query. It is put together and run on
     * nobody's context, and there its answer comes: each link of a chain brings its maker's request along to where it runs.
     */
    private Uni<Known> joinLoad() {
        CompletableFuture<Known> mine = new CompletableFuture<>();
        CompletableFuture<Known> running = loading.compareAndExchange(null, mine);
        if (running != null) {
            return Uni.createFrom().completionStage(running);
        }
        OwnContext.apart(vertx, () -> load().onTermination()
                .invoke(() -> loading.set(null))
                .subscribe()
                .with(mine::complete, mine::completeExceptionally));
        return Uni.createFrom().completionStage(mine);
    }

    private Uni<Known> load() {
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            return tenants.all().map(all -> learn(Known.of(all, asked)));
        });
    }

    /** A slow answer to an older question must not undo a newer one, such as a suspension. */
    private synchronized Known learn(Known loaded) {
        if (loaded.readAt > known.readAt) {
            known = loaded;
        }
        return known;
    }

    private record Known(
            Map<String, Tenant> byIssuer, Map<String, Tenant> byCode, Map<UUID, Tenant> byId, long readAt) {
        static Known of(List<Tenant> all, long readAt) {
            return new Known(index(all, Tenant::issuer), index(all, Tenant::code), index(all, Tenant::id), readAt);
        }

        private static <K> Map<K, Tenant> index(List<Tenant> all, Function<Tenant, K> key) {
            return all.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
        }

        boolean youngerThan(Duration age) {
            return System.nanoTime() - readAt < age.toNanos();
        }
    }
}
