/**
 * The books: accounts, journal entries, balances; append-only. Begin with README.md in this folder. Features below post through
 * {@link cloud.wuye.ledger.Ledger} and read through {@link cloud.wuye.ledger.Balances}.
 *
 * <p>May use: platform, schedule, tenant, identity, space.
 */
package cloud.wuye.ledger;
