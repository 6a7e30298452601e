package cloud.wuye.ledger;

import java.util.UUID;

/**
 * What became of an entry that was posted.
 *
 * @param entryId under which it stands in the books
 * @param isNew false: it stood there before, with the same content, and nothing was done
 */
public record Posting(UUID entryId, boolean isNew) {}
