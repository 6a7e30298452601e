package cloud.wuye.platform.graphql.probe;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

@GraphQLApi
public class ProbeApi {
    private static final String SECRET = "jdbc:postgresql://db/secret";

    private final CurrentCaller caller;
    private final Db db;

    ProbeApi(CurrentCaller caller, Db db) {
        this.caller = caller;
        this.db = db;
    }

    @Query
    @RolesAllowed(Roles.MANAGER)
    public Uni<Integer> probeSleep(boolean hibernate) {
        return hibernate
                ? db.read(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery("select pg_sleep(20)::text")
                                .getResultList())
                        .map(List::size))
                : db.readSql(connection ->
                        connection.query("select pg_sleep(20)").execute().map(rows -> rows.size()));
    }

    @Query
    public Uni<ProbeView> probeScalars(
            @Id UUID id, BigDecimal decimal, @DefaultValue("7") Long whole, Instant at, @Size(max = 5) String name) {
        return Uni.createFrom().item(new ProbeView(id, decimal, whole, at, null, name));
    }

    @Query
    public Uni<List<String>> probeIds(UUID one, List<UUID> more) {
        return Uni.createFrom()
                .item(Stream.concat(Stream.of(one), more.stream())
                        .map(UUID::toString)
                        .toList());
    }

    @Query
    public Uni<ProbeView> probeInput(@Valid ProbeInput input) {
        return Uni.createFrom()
                .item(new ProbeView(input.id(), input.decimal(), input.whole(), input.at(), input.day(), input.name()));
    }

    @Query
    public Uni<String> probeFailure(String kind) {
        return Uni.createFrom().failure(failure(kind));
    }

    @Query
    public String probeThrows(String kind) throws Exception {
        throw failure(kind);
    }

    @Query
    @NonNull
    public Uni<String> probeNothing() {
        return Uni.createFrom().nullItem();
    }

    @Query
    @RolesAllowed(Roles.MANAGER)
    public Uni<String> probeManager() {
        return Uni.createFrom().item(() -> caller.get().name());
    }

    @Query
    public Uni<List<ProbeView>> probeList(@DefaultValue("3") Integer first) {
        return Uni.createFrom()
                .item(IntStream.range(0, first)
                        .mapToObj(i -> new ProbeView(null, BigDecimal.valueOf(i), null, null, null, "n" + i))
                        .toList());
    }

    public Uni<List<List<ProbeView>>> children(@Source List<ProbeView> parents, @DefaultValue("2") Integer first) {
        return Uni.createFrom()
                .item(parents.stream().map(parent -> List.<ProbeView>of()).toList());
    }

    public Uni<List<String>> broken(@Source List<ProbeView> parents) {
        return Uni.createFrom().failure(failure("crash"));
    }

    @Subscription
    @RolesAllowed(Roles.MANAGER)
    public Multi<String> probeTicks(@DefaultValue("10") Integer millis) {
        String name = caller.get().name();
        return Multi.createFrom().ticks().every(Duration.ofMillis(millis)).map(tick -> name + " " + tick);
    }

    /** Kilobytes that {@link #probeFlood} has been asked for, and whether its listener has gone. */
    public static final AtomicInteger FLOODED = new AtomicInteger();

    public static final AtomicBoolean FLOOD_ENDED = new AtomicBoolean();

    @Subscription
    @RolesAllowed(Roles.MANAGER)
    public Multi<String> probeFlood() {
        String text = "x".repeat(16 * 1024);
        return Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(1))
                .onOverflow()
                .drop()
                .map(tick -> text)
                .onItem()
                .invoke(() -> FLOODED.addAndGet(16))
                .onTermination()
                .invoke(() -> FLOOD_ENDED.set(true));
    }

    /** The same view again and again, as of a device whose own row stays as it is, read by a unit of its own. */
    @Subscription
    @RolesAllowed(Roles.MANAGER)
    public Multi<ProbeView> probeEvents() {
        ProbeView view = new ProbeView(null, null, null, null, null, "same");
        Caller subscriber = caller.get();
        return Multi.createFrom()
                .ticks()
                .every(Duration.ofMillis(50))
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> db.onBehalfOf(
                        subscriber,
                        () -> db.readSql(connection ->
                                connection.query("select 1").execute().replaceWith(view))));
    }

    private final AtomicInteger loads = new AtomicInteger();

    /** A batch that asks the database, as the caller, and counts. */
    public Uni<List<ProbeView>> loaded(@Source List<ProbeView> parents) {
        return db.readSql(connection -> connection
                .query("select current_setting('app.tenant') from pg_sleep(0.01)")
                .execute()
                .map(rows -> rows.iterator().next().getString(0))
                .map(tenant -> parents.stream()
                        .map(parent -> new ProbeView(
                                UUID.fromString(tenant), null, (long) loads.incrementAndGet(), null, null, null))
                        .toList()));
    }

    @Subscription
    public Multi<String> probeOpen() {
        return Multi.createFrom().items("a", "b");
    }

    @Subscription
    @RolesAllowed(Roles.MANAGER)
    public Multi<String> probeBreaks(String kind) {
        return Multi.createFrom().item("first").onCompletion().failWith(() -> failure(kind));
    }

    private static Exception failure(String kind) {
        return switch (kind) {
            case "problem" -> new Problem(ProblemCode.ILLEGAL_STATE, "device.state", "RETIRED");
            case "away" -> new RuntimeException(SECRET, new ConnectException(SECRET));
            case "checked" -> new java.io.IOException(SECRET);
            default -> new IllegalStateException(SECRET);
        };
    }
}
