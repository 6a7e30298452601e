/**
 * Does anything leak from one company to another, may anyone do what they should not, and can be told who did what?
 * Generated: from the running schema (queries, mutations, subscriptions), from the published contract (topics), from the
 * beans and routes of the running application (REST doors). What is added is tried by itself, or a test names it and says
 * what it needs.
 */
package cloud.wuye.leak;
