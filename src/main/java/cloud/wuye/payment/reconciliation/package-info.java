/**
 * Each day of each payment channel, held against what we know: its bills are fetched and kept, differences found in one
 * statement and written down for people, the channel's fee and its payouts posted. Due times stand in the runs; whoever dies
 * half-way is followed by whoever looks next.
 */
package cloud.wuye.payment.reconciliation;
