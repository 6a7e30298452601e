package cloud.wuye.schedule;

import io.smallrye.mutiny.Uni;

/**
 * A job that has no hurry and shares its trigger with its like. It is still a job of its own: with a period of its own,
 * {@code wuye.jobs.<name>} ("off" stops it), noted by itself, and its failure is nobody else's.
 */
public interface SharedJob {
    /** Which trigger. */
    Bell bell();

    /** Its name among jobs. */
    String name();

    /** Does what is due and tells how many items that were. */
    Uni<Integer> run();
}
