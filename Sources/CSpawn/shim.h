// Sets the working folder of a program that posix_spawn starts; glibc's header hides it from Swift. `actions` is a
// posix_spawn_file_actions_t *.
int posix_spawn_file_actions_addchdir_np(void *actions, const char *path);
