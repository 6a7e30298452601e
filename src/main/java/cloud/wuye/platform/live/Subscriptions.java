package cloud.wuye.platform.live;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Turns hints into what a GraphQL subscription shows: each time subjects change, they are read as the subscriber may see them. */
@ApplicationScoped
public class Subscriptions {
    private final Live live;
    private final Db db;
    private final CurrentCaller currentCaller;

    Subscriptions(Live live, Db db, CurrentCaller currentCaller) {
        this.live = live;
        this.db = db;
        this.currentCaller = currentCaller;
    }

    /**
     * What the subjects are, at once and after each change, under the caller's own fence. Subjects that the caller cannot
     * see are silent, like ones that never change.
     *
     * @param topics of which a change of a subject is news
     * @param subjects at most {@link PageInput#LIMIT}
     * @param read the fenced read, by id; ids without a value show nothing
     */
    public <T> Multi<T> of(
            Set<String> topics, List<UUID> subjects, Function<Collection<UUID>, Uni<Map<UUID, T>>> read) {
        return each(topics, subjects, changed -> read.apply(changed).map(Map::values));
    }

    /** The same where a subject has several values, or none, each shown by itself. */
    public <T> Multi<T> each(
            Set<String> topics, List<UUID> subjects, Function<Collection<UUID>, Uni<? extends Collection<T>>> read) {
        if (subjects.size() > PageInput.LIMIT) {
            throw new Problem(ProblemCode.VALIDATION, "ids", "1 … " + PageInput.LIMIT);
        }
        Caller caller = currentCaller.get();
        // A hint arrives on a connection's own context, where an event's further fields could not open a unit.
        Executor place = db.placeOf(caller);
        return live.watch(caller.requireTenant(), topics, new HashSet<>(subjects))
                .onItem()
                .transformToUni(changed ->
                        db.onBehalfOf(caller, () -> read.apply(changed)).emitOn(place))
                .concatenate()
                .onItem()
                .<T>transformToIterable(List::copyOf);
    }
}
