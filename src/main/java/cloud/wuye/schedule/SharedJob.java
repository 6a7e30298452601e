package cloud.wuye.schedule;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * A job that has no hurry and shares its trigger with its like. It is still a job of its own: with a period of its own,
 * {@code wuye.jobs.<name>} ("off" stops it), noted by itself, and its failure is nobody else's.
 *
 * <p>A feature's is a {@code @Singleton} whose constructor says it all; other scopes want a proxy, and so a constructor that
 * says nothing.
 */
public abstract class SharedJob {
    private final Bell bell;
    private final String name;
    private final Supplier<Uni<Integer>> useCase;

    /**
     * @param bell which trigger
     * @param name its name among jobs
     * @param useCase does what is due and tells how many items that were
     */
    protected SharedJob(Bell bell, String name, Supplier<Uni<Integer>> useCase) {
        this.bell = bell;
        this.name = name;
        this.useCase = useCase;
    }

    final Bell bell() {
        return bell;
    }

    final String name() {
        return name;
    }

    final Uni<Integer> run() {
        return useCase.get();
    }
}
