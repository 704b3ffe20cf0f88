// After signing out nothing of the person stays in this browser.
for (const key of Object.keys(localStorage)) if (key.startsWith("draft ")) localStorage.removeItem(key);
