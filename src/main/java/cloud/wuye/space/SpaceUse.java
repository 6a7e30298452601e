package cloud.wuye.space;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/**
 * Something that keeps a space from being archived: devices that stand there, people who live there. Features below
 * implement it as a bean, so that this one need not know them.
 */
public interface SpaceUse {
    /** What uses spaces, as a short word for the reader of the refusal, e.g. {@code devices}. */
    String what();

    /**
     * Whether the space is in use. Runs inside the unit of work that archives it and after the space's row was locked;
     * whoever starts to use a space calls {@link Spaces#hold} in the same transaction, so that neither misses the other.
     */
    Uni<Boolean> occupies(UUID spaceId);
}
